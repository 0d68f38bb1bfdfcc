"""Who somebody is goes; what everybody's answers stand on stays as it was."""

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from wenhou.lake import erasing, filekeys, files, parquet, sealed, store, vault
from wenhou.lake.models import Erasure, FileKey, Identity, SamePerson

pytestmark = pytest.mark.django_db
ON, GROUND = date(2026, 3, 1), "本人申请，无保存的法定理由"
FIRST, SECOND = "640104198001010017", "640104198001010025"
HOME = "银川市兴庆区凤凰北街1号"


def keep(path: Path, query: str) -> Path:
    with store.connect() as lake, files.whole(path) as temporary:
        parquet.write(lake, query, temporary)
    return path


def read(path: Path) -> list[dict[str, Any]]:
    with sealed.open_file(path) as source:
        return pq.read_table(source).to_pylist()


@pytest.fixture
def people() -> tuple[int, int]:
    given = vault.give_keys([FIRST, SECOND])
    return given[FIRST], given[SECOND]


@pytest.fixture
def facts(people: tuple[int, int]) -> Path:
    first, second = people
    rows = ", ".join(
        f"({key}, '{name}', '{HOME}', {amount}, 7, {line})"
        for line, (key, name, amount) in enumerate(
            [(first, "马一", 100), (first, "马一", 200), (second, "马二", 300)], start=2
        )
    )
    query = f"select * from (values {rows}) t(id_no, name, hukou_addr, amount, delivery, line)"
    return keep(files.facts_path("DI01", 7), query)


def test_names_go_and_amounts_stay(people: tuple[int, int], facts: Path) -> None:
    before, told = read(facts), facts.read_bytes()
    done = erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    assert done == erasing.Erased(people[0], 1, (7,))
    after = read(facts)
    hidden = {after[0]["name"], after[0]["hukou_addr"]}
    assert all(word.startswith("已删除") for word in hidden)
    assert len(hidden) == 2
    assert (after[1]["name"], after[1]["hukou_addr"]) == (after[0]["name"], after[0]["hukou_addr"])
    same = ("id_no", "amount", "delivery", "line")
    assert [[row[name] for name in same] for row in after] == [[row[name] for name in same] for row in before]
    assert after[2] == before[2]
    assert facts.read_bytes() != told


def test_nobody_finds_who_the_number_was(people: tuple[int, int], facts: Path) -> None:
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    assert vault.identity_of(people) == {people[1]: SECOND}
    assert vault.keys_of([FIRST, SECOND]) == {SECOND: people[1]}
    assert erasing.said_of(people[0]) == "已依法删除（2026-03-01）"
    assert erasing.said_of(people[1]) == ""
    row = Erasure.objects.get(person=people[0])
    assert (row.by, row.on, row.ground, row.done, row.salt) == ("li", ON, GROUND, True, "")


def test_a_copy_of_the_file_opens_no_more(people: tuple[int, int], facts: Path, tmp_path: Path) -> None:
    copy = files.root() / "copy.parquet"
    copy.write_bytes(facts.read_bytes())
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    filekeys.forget()
    with pytest.raises(filekeys.Destroyed, match="已依法删除"):
        sealed.open_file(copy)
    row = FileKey.objects.get(destroyed_on=ON)
    assert (row.secret, row.ground) == (None, GROUND)


def test_what_was_sent_is_destroyed_and_rows_held_of_others_stay(
    people: tuple[int, int], facts: Path
) -> None:
    landing = files.landing_folder(7)
    landing.mkdir(parents=True)
    sealed.write_bytes(landing / "DI01.csv", f"{FIRST},马一".encode())
    sealed.write_bytes(landing.parent / "kept.csv", b"another's")
    files.rejects_path(7).parent.mkdir()
    sealed.write_bytes(files.rejects_path(7), b"rows")
    held = keep(
        files.landing_folder(8) / "held.parquet",
        f"""select * from (values (2, 'id_no', '{{"id_no": "{FIRST}"}}'), (3, 'id_no', '{{"id_no": "{SECOND}"}}'))
        t(line, field, raw)""",
    )
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    assert list(landing.iterdir()) == []
    assert not files.rejects_path(7).exists()
    assert [row["line"] for row in read(held)] == [3]
    assert sealed.read_bytes(landing.parent / "kept.csv") == b"another's"


def test_numbers_read_as_theirs_are_erased_with_them(people: tuple[int, int], facts: Path) -> None:
    SamePerson.objects.create(absorbed=people[1], kept=people[0])
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    assert Identity.objects.count() == 0
    assert all(row["name"].startswith("已删除") for row in read(facts))
    assert [row.person for row in Erasure.objects.order_by("person")] == sorted(people)


def test_it_is_done_again_after_a_backup_is_put_back(people: tuple[int, int], facts: Path) -> None:
    before = facts.read_bytes()
    keys = {row.number: row.secret for row in FileKey.objects.all()}
    identity = Identity.objects.get(key=people[0])
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    once = read(facts)
    facts.write_bytes(before)  # the backup's
    for number, secret in keys.items():
        FileKey(number=number, secret=secret, made_at="2026-01-01T00:00:00Z").save()
    identity.save(force_insert=True)
    assert [row["name"] for row in read(facts)] == ["马一", "马一", "马二"]
    assert erasing.erase_again() == [erasing.Erased(people[0], 1, (7,))]
    assert vault.identity_of(people) == {people[1]: SECOND}
    again = read(facts)
    assert [row["amount"] for row in again] == [row["amount"] for row in once] == [100, 200, 300]
    assert [row["name"].startswith("已删除") for row in again] == [True, True, False]


def test_what_an_erasure_hid_is_not_hidden_again(people: tuple[int, int], facts: Path) -> None:
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    once = read(facts)
    erasing.erase(people[0], by="li", on=ON, ground=GROUND)
    assert read(facts) == once
