"""Identity numbers within text and JSON never come to lie in the lake: it holds person keys only."""

import csv
import io
import json
import re
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from exchange.factories import ON, csv_text, deliver, id_number, put
from wenhou.exchange import queries
from wenhou.exchange.contracts import FOLDER, all_contracts, contract
from wenhou.exchange.loading import within
from wenhou.exchange.models import Delivery
from wenhou.lake import files, parquet, sealed, store, vault
from wenhou.linkage.actions import arrivals

NUMBER = re.compile(r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])")
HELD = [(one.code, field.name) for one in all_contracts() for field in within.fields(one)]


def planted(kind: str, size: int | None, number: str) -> str:
    """The number as a value of that field could hold it."""
    if kind == "json":
        return json.dumps([{"id_no": number, "note": f"儿子{number}，外地"}], ensure_ascii=False)
    if kind == "code":
        return number.ljust(size or 18, "7")
    return f"户{number}"[: size or 18] if (size or 18) > 18 else number


def with_numbers(code: str, first: int) -> tuple[str, list[str]]:
    """The contract's own accepted example, a number in every field that may hold one; and those numbers."""
    promised = contract(code)
    text = (promised.folder / "good.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    used = []
    for at, row in enumerate(rows):
        for place, field in enumerate(within.fields(promised)):
            if field.name == "auth_no" or (field.kind == "code" and field.size == 18 and at % 2):
                continue
            number = id_number(first + at * 20 + place)
            row[field.name] = planted(field.kind, field.size, number)
            used.append(number)
    return csv_text(list(rows[0]), [list(row.values()) for row in rows]), used


def every_text(lake: Path) -> list[str]:
    """Every text in every Parquet file of facts and of what is published."""
    found: list[str] = []
    with store.connect(memory="256MB") as connection:
        for path in [*lake.glob("facts/**/*.parquet"), *lake.glob("published/**/*.parquet")]:
            table = connection.execute(f"from {parquet.file(path)}").to_arrow_table()
            for column in table.columns:
                found += [str(value) for value in column.to_pylist() if value is not None]
            found.append(str(pq.read_metadata(sealed.open_file(path)).to_dict()))
    return found


def test_every_field_with_room_for_a_number_says_whether_it_may_hold_one() -> None:
    assert ("SA-ARCH", "supporters") in HELD
    assert ("SA-ALERT", "subject") in HELD
    assert ("SA-CLUE", "clue_no") in HELD
    assert ("DI41", "cert_no") in HELD
    roomy = [
        (one.code, field.name)
        for one in all_contracts()
        for field in one.fields
        if field.kind == "json" or (field.kind in ("text", "code") and (field.size or 0) >= 18)
    ]
    assert sorted(set(roomy) - set(HELD)) == [("DI17", "unit_no"), ("DI18", "unit_no")]
    said = (FOLDER / "own" / "SA-ARCH" / "contract.yaml").read_text(encoding="utf-8")
    assert said.count("holds_identity: true") == 6


@pytest.mark.django_db
def test_no_identity_number_lies_anywhere_in_the_lake(tmp_path: Path) -> None:
    """A number in every field of every contract that may hold one, through recognition and publication."""
    every: list[str] = []
    for place, one in enumerate(all_contracts()):
        told = json.loads((one.folder / "good.manifest.json").read_bytes())
        if one.authorisation:
            continue
        text, numbers = with_numbers(one.code, 1000 * (place + 1))
        loaded = deliver(put(tmp_path / one.code, text, **told))
        assert loaded.rows_rejected == 0, (one.code, loaded.reject_reasons)
        every += numbers
    arrivals.recognise_all(on=ON)
    texts = every_text(files.root())
    assert len(every) > 150
    assert not [text for text in texts if NUMBER.search(text)]
    assert not [number for number in every if any(number in text for text in texts)]
    keys = vault.keys_of(every)
    assert set(keys) == set(every)
    told_keys = " ".join(text for text in texts if "p" in text)
    assert all(re.search(rf"p{key}(?![0-9])", told_keys) for key in keys.values())


@pytest.mark.django_db
def test_the_key_stands_where_the_number_stood(tmp_path: Path) -> None:
    text = (contract("SA-ARCH").folder / "good.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))[:1]
    known, fresh = rows[0]["id_no"], id_number(77)
    rows[0]["supporters"] = f'[{{"id_no": "{known.lower()}", "amount": 1.50, "of": {fresh}}}, "他{fresh}的"]'
    told = json.loads((contract("SA-ARCH").folder / "good.manifest.json").read_bytes())
    deliver(put(tmp_path, csv_text(list(rows[0]), [list(rows[0].values())]), **told))
    keys = vault.keys_of([known, fresh])
    with queries.open_lake(["SA-ARCH"], memory="256MB") as lake:
        ((person, supporters),) = lake.execute("select id_no, supporters from sa_arch").fetchall()
    of = f'"p{keys[fresh]}"' if fresh.isdigit() else None
    assert person == keys[known]
    assert of is not None
    assert supporters == (f'[{{"id_no": "p{person}", "amount": 1.50, "of": {of}}}, "他p{keys[fresh]}的"]')


def test_numbers_are_found_glued_escaped_and_in_small_letters() -> None:
    number = next(one for one in map(id_number, range(99)) if one.endswith("X"))
    plain = id_number(1)

    def told(text: str, kind: str = "text") -> str:
        return within.replaced(text, kind, {number: "p1", plain: "p2"}.__getitem__)

    assert told(number + "71") == "p1-71"
    assert told(f"20241115{number.lower()}0003") == "20241115p1-0003"
    assert told(plain + number) == "p2-p1"
    assert told(f"{plain}，{number}") == "p2，p1"
    assert told("91640100227686000X与6401041980010112") == "91640100227686000X与6401041980010112"
    assert told(f'{{"{plain}": [{plain}, -1.25e3]}}', "json") == '{"p2": ["p2", -1.25e3]}'
    escaped = "".join(f"\\u{ord(letter):04x}" for letter in plain)
    assert told(f'["甲{escaped}", "\\n"]', "json") == '["甲p2", "\\n"]'


@pytest.mark.django_db
def test_a_senders_own_word_is_never_taken_for_a_key(tmp_path: Path) -> None:
    text = (contract("SA-ARCH").folder / "good.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))[:1]
    rows[0]["supporters"] = '[{"id_no": "p1", "seen": "\\u00702", "flat": "12p3", "more": "p4 p5x"}]'
    told = json.loads((contract("SA-ARCH").folder / "good.manifest.json").read_bytes())
    deliver(put(tmp_path, csv_text(list(rows[0]), [list(rows[0].values())]), **told))
    with queries.open_lake(["SA-ARCH"], memory="256MB") as lake:
        ((supporters,),) = lake.execute("select supporters from sa_arch").fetchall()
    assert supporters == '[{"id_no": "p-1", "seen": "p-2", "flat": "12p3", "more": "p-4 p5x"}]'


@pytest.mark.django_db
def test_an_authorisation_whose_number_holds_an_identity_number_is_known_again(tmp_path: Path) -> None:
    auth = ["auth_no", "id_no", "scope", "purpose", "valid_from", "valid_until", "withdrawn_on"]
    grant = [f"S{id_number(1)}", id_number(1), "DI47", "核对", "2026-05-01", "2026-12-31", ""]
    deliver(put(tmp_path / "a", csv_text(auth, [grant]), contract="SA-AUTH", file="a.csv"))
    header = [
        "bank_code",
        "id_no",
        "account_kind",
        "balance",
        "avg_balance_6m",
        "as_of",
        "account_count",
        "auth_no",
    ]
    rows = [
        ["BANK01", id_number(1), "活期", "1.00", "1.00", "2026-06-01", "1", grant[0]],
        ["BANK01", id_number(2), "活期", "1.00", "1.00", "2026-06-01", "1", f"S{id_number(2)}"],
    ]
    loaded: Delivery = deliver(put(tmp_path / "b", csv_text(header, rows), contract="DI47", file="b.csv"))
    assert (loaded.rows_loaded, loaded.reject_reasons) == (1, {"授权书编号不在册": 1})
    path = queries.rejects_path(loaded)
    assert path is not None
    assert sealed.read_bytes(path).decode("utf-8-sig").splitlines()[1] == "3,auth_no,S＊＊,授权书编号不在册"
    assert not [text for text in every_text(files.root()) if NUMBER.search(text)]
