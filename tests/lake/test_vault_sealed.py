"""The vault keeps numbers sealed, and its keys are renewed while it is in use."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldError
from django.core.management import call_command
from django.db import connection

from wenhou.base.errors import Refused, WenhouError
from wenhou.base.models import DataKey
from wenhou.base.secrets import keys, rotation
from wenhou.lake import vault
from wenhou.lake.models import Identity

NUMBERS = [f"64010419800101{each:04d}" for each in range(7)]


def stored() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(mark || number, ''::bytea) from lake_identity")
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db
def test_nothing_of_a_number_lies_in_the_table() -> None:
    given = vault.give_keys(NUMBERS)
    assert not any(number.encode() in stored() for number in NUMBERS)
    assert vault.identity_of(given.values()) == {key: number for number, key in given.items()}
    one = Identity.objects.get(key=given[NUMBERS[0]])
    assert one.number == NUMBERS[0]
    one.save()
    assert Identity.objects.get(key=one.key).number == NUMBERS[0]
    with pytest.raises(FieldError):
        Identity.objects.filter(number=NUMBERS[0]).exists()
    with pytest.raises(WenhouError, match="只能整行保存"):
        Identity.objects.update(number="x")


@pytest.mark.django_db
def test_a_number_moved_to_another_row_does_not_open() -> None:
    given = vault.give_keys(NUMBERS[:2])
    first, second = given[NUMBERS[0]], given[NUMBERS[1]]
    with connection.cursor() as cursor:
        cursor.execute(
            "update lake_identity set number = (select number from lake_identity where key = %s) where key = %s",
            [first, second],
        )
    assert vault.identity_of([first]) == {first: NUMBERS[0]}
    with pytest.raises(WenhouError, match="密文打不开"):
        vault.identity_of([second])
    with pytest.raises(WenhouError, match="密文打不开"):
        _ = Identity.objects.get(key=second).number


@pytest.mark.django_db
def test_a_new_key_seals_and_old_rows_are_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "AT_ONCE", 3)
    given, before = vault.give_keys(NUMBERS), stored()
    assert rotation.rotate("identity_number") == {"lake_identity.number": 7}
    assert vault.identity_of(given.values()) == {key: number for number, key in given.items()}
    assert vault.keys_of(NUMBERS) == given
    assert before != stored()
    assert set(rotation.write_anew().values()) == {0}
    (column,) = [each for each in rotation.status()["各列"] if each["列"] == "lake_identity.number"]
    assert (column["现用钥匙"], column["旧钥匙"]) == (7, 0)
    used = DataKey.objects.filter(purpose="identity_number", algorithm=1).order_by("pk")
    assert [row.retired_at is None for row in used][-2:] == [False, True]
    used[len(used) - 2].delete()  # the old one is of no use to anybody any more
    keys.forget()
    assert vault.identity_of(given.values()) == {key: number for number, key in given.items()}
    with pytest.raises(Refused, match="没有“telephone”这个用途"):
        rotation.rotate("telephone")


@pytest.mark.django_db
def test_another_master_key_takes_over(settings: Any, tmp_path: Path) -> None:
    old = tmp_path / "old"
    DataKey.objects.all().delete()
    settings.WENHOU_MASTER_KEY_FILE = old
    given = vault.give_keys(NUMBERS)
    settings.WENHOU_MASTER_KEY_FILE = tmp_path / "new"
    from wenhou.base.secrets import master

    master.make()
    keys.forget()
    with pytest.raises(WenhouError, match="不是由现在这把主钥匙封的"):
        vault.identity_of(given.values())
    assert rotation.rewrap(old) == 2
    old.unlink()
    assert vault.identity_of(given.values()) == {key: number for number, key in given.items()}
    assert rotation.status()["主钥匙"] == "合用"


@pytest.mark.django_db(transaction=True)
def test_a_vault_in_clear_is_sealed_where_it_stands() -> None:
    call_command("migrate", "lake", "0002", verbosity=0)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into lake_identity (id_no) select lpad(i::text, 18, '0') from generate_series(1, 9) i"
            )
            call_command("migrate", "lake", "0004", verbosity=0)
            cursor.execute("select count(*) from lake_identity where id_no = '000000000000000007'")
            assert cursor.fetchone() == (1,)  # the program before still reads
            with pytest.raises(Exception, match="lake_identity_is_sealed"):
                cursor.execute("insert into lake_identity (id_no) values ('in clear')")
    finally:
        call_command("migrate", "lake", verbosity=0)
    found = vault.keys_of(["000000000000000007"])
    assert vault.identity_of(found.values()) == {found["000000000000000007"]: "000000000000000007"}
