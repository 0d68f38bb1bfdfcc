"""The suite's ground rules: own lake per test, no sockets but loopback, what a template misnames fails."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.template import engines
from django.test import TransactionTestCase
from hypothesis import settings as hypothesis_settings

from roles import as_role
from wenhou.base.audit import actors
from wenhou.base.secrets import keys, rotation
from wenhou.lake import filekeys
from wenhou.site import trust

hypothesis_settings.register_profile("prove", max_examples=1000, deadline=None)


class Undefined(str):
    """What a template prints for a name it was not given: nothing; it raises."""

    def __mod__(self, name: object) -> str:
        raise AssertionError(f"a template names what is not there: {name}")


@pytest.fixture(autouse=True, scope="session")
def undefined_variables_fail(django_test_environment: None) -> None:
    """A template that names what is not there is a mistake, not an empty string."""
    engines["django"].engine.string_if_invalid = Undefined("%s")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """After a test that commits, the database is as after its migrations: what stays for good in a deployment is emptied
    too, so is the queue, which is not Django's, and there are keys again.
    """
    flush = TransactionTestCase._fixture_teardown

    def flush_and_begin(case: TransactionTestCase) -> None:
        flush(case)
        with connection.cursor() as cursor:
            cursor.execute("truncate procrastinate_jobs cascade")
        keys.forget()
        rotation.ready()

    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in ("base_audit", "base_seal"):
            cursor.execute(f"alter table {table} disable trigger base_audit_whole")
        rotation.ready()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_and_begin)
        yield


@pytest.fixture(autouse=True)
def own_lake(settings: Any, tmp_path: Path) -> Path:
    """Every test has a lake of its own."""
    settings.WENHOU_LAKE = tmp_path / "lake"
    settings.WENHOU_UPLOADS = tmp_path / "uploads"
    return tmp_path / "lake"


@pytest.fixture(autouse=True)
def no_keys_are_remembered(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The keys of one test's database are not another's; processes that a test starts have the suite's master key."""
    keys.forget()
    filekeys.forget()
    monkeypatch.setenv("WENHOU_MASTER_KEY_FILE", str(settings.WENHOU_MASTER_KEY_FILE))


@pytest.fixture(autouse=True)
def a_password_will_do(settings: Any) -> None:
    """Whoever signs in need not first add a second factor; the tests of it say otherwise."""
    settings.WENHOU_SECOND_FACTOR = "offered"


@pytest.fixture(autouse=True)
def as_many_requests_as_they_like(settings: Any) -> None:
    """A test may ask more in a minute than a person; the tests of the limits say otherwise."""
    settings.WENHOU_LIMIT_ADDRESS = settings.WENHOU_LIMIT_ACCOUNT = settings.WENHOU_LIMIT_KEY = 0


@pytest.fixture(autouse=True)
def nobody_acts_for_the_process() -> None:
    """A test that runs a command leaves its name behind for no other."""
    actors.of_the_process("")


@pytest.fixture(autouse=True)
def pages_ask_as_the_web(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page or a machine's door asks, it asks as wenhou_web; the tests write their data as the owner."""
    answer = BaseHandler.get_response

    def answer_as_the_web(handler: BaseHandler, request: Any) -> Any:
        with as_role(trust.WEB):
            return answer(handler, request)

    monkeypatch.setattr(BaseHandler, "get_response", answer_as_the_web)
