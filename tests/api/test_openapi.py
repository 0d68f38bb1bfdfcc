"""The whole OpenAPI, asked what it says it takes and what it says it does not: no 5xx, answers as it describes them, refusals in
Chinese; and every door of the API is in it.
"""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from wenhou.api.actions import keys
from wenhou.api.urls import openapi

EXAMPLES = 40
"""Of each door, of what it says it takes and of what it does not. What is well-formed may still be no household: 422."""
AT = datetime(2026, 11, 1, tzinfo=UTC)
CHINESE = re.compile(r"[\u4e00-\u9fff]{3,}[^\n]*。")


DOORS = [(path, method.upper()) for path, doors in openapi()["paths"].items() for method in doors]


def door(path: str, method: str) -> Any:
    """One operation as schemathesis sees it, with the product behind it."""
    described = schemathesis.openapi.from_dict(openapi())
    described.app = get_wsgi_application()
    described.config.update(base_url="http://testserver/")
    return described[path][method]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), DOORS)
def test_every_door_answers_as_it_says(path: str, method: str, mode: GenerationMode) -> None:
    key = keys.issue(name="医保局", contracts=["DI31"], division="64", by="test", on=AT)[1]
    headers = {"Host": "127.0.0.1", "Authorization": f"Bearer {key}"}

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(door(path, method).as_strategy(generation_mode=mode))
    def ask(case: Case) -> None:
        response = case.call(headers=headers)
        assert response.status_code < 500
        if response.status_code >= 400:
            assert CHINESE.search(response.json()["error"]), response.text
        case.validate_response(response, headers=headers, excluded_checks=[positive_data_acceptance])

    ask()


def test_every_door_is_described() -> None:
    there = {
        "/" + re.sub(r"<[^>]*?(\w+)>", r"{\1}", str(pattern.pattern).lstrip("/"))
        for outer in get_resolver().url_patterns
        if str(outer.pattern) == "api/"
        for version in outer.url_patterns
        for pattern in version.url_patterns
    }
    assert {f"/api/v1{path}" for path in there} == set(openapi()["paths"])
