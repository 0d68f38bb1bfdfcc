"""Identity numbers in, person keys out."""

import pytest
from django.db import transaction

from wenhou.lake import store, vault
from wenhou.lake.models import Identity

pytestmark = pytest.mark.django_db


def intern(*numbers: tuple[int, str]) -> tuple[int, dict[str, int]]:
    with store.connect(memory="128MB") as connection:
        connection.execute("create table numbers (place bigint, id_no varchar)")
        connection.executemany("insert into numbers values (?, ?)", numbers)
        fresh = vault.intern(connection, "numbers", "keys")
        return fresh, dict(connection.execute("select id_no, key from keys").fetchall())


def test_new_keys_follow_the_order_given_and_known_ones_stay() -> None:
    fresh, keys = intern((3, "c"), (1, "b"), (2, "a"))
    assert fresh == 3
    assert sorted(keys, key=keys.__getitem__) == ["b", "a", "c"]
    again, more = intern((1, "z"), (2, "a"), (3, "y"))
    assert again == 2
    assert more["a"] == keys["a"]
    assert max(keys.values()) < more["z"] < more["y"]


def test_many_numbers_come_back_with_their_own_keys() -> None:
    with store.connect(memory="256MB") as connection:
        connection.execute(
            "create table numbers as select i as place, lpad(i::varchar, 18, '0') as id_no from range(120000) r(i)"
        )
        assert vault.intern(connection, "numbers", "keys") == 120_000
        assert connection.execute(
            "select count(*), count(distinct key), count(distinct id_no) from keys"
        ).fetchone() == (
            120_000,
            120_000,
            120_000,
        )
        first = connection.execute("select min(key) from keys").fetchone()
        assert first is not None
        wrong = "select count(*) from keys where key - $first <> id_no::bigint"
        assert connection.execute(wrong, {"first": first[0]}).fetchone() == (0,)


def test_what_is_rolled_back_was_never_learnt() -> None:
    with transaction.atomic():
        assert intern((1, "a"))[0] == 1
        transaction.set_rollback(True)
    assert not Identity.objects.exists()


def test_looking_up_both_ways() -> None:
    given = vault.give_keys(["b", "a", "b"])
    assert given["b"] < given["a"]
    assert vault.give_keys(["a", "c"])["a"] == given["a"]
    assert vault.keys_of(["a", "nobody"]) == {"a": given["a"]}
    assert vault.identity_of([given["b"], -1]) == {given["b"]: "b"}
