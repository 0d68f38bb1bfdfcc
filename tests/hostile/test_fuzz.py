"""Whatever bytes an outside file has, its reader has an answer: what it says, or one sentence. Never anything else."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hostile import archives, commands, parquets
from hostile.machine import HOUSEHOLD
from wenhou.base.audit import checking
from wenhou.base.errors import WenhouError
from wenhou.divisions import listing, seed
from wenhou.exchange import parcels
from wenhou.exchange.contracts import contract
from wenhou.exchange.loading import within
from wenhou.exchange.reading.opening import open_file
from wenhou.linkage import archive
from wenhou.policy import standards
from wenhou.policy.applications import reader, strict
from wenhou.policy.judging import replays

EASY = settings(deadline=None, suppress_health_check=list(HealthCheck))
MARKS = [
    *"{}[]:,-?|>&*!%@`\"'#~ \n\t",
    *(["a", "甲", "1", "!!", "&a", "*a", "2025-10-15", "null", "1e9"]),
    "- ",
    ": ",
    "\n  ",
    "<<: ",
    "---\n",
]
TOKENS = st.lists(st.sampled_from(MARKS), max_size=60).map("".join)
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
KEYS = st.text(max_size=8) | st.sampled_from([*HOUSEHOLD])
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)


def calm(read: Callable[[], Any]) -> None:
    """An answer, or a sentence."""
    said = "。"
    try:
        read()
    except WenhouError as refusal:
        said = refusal.message.strip()
    assert said.endswith("。")


def changed(whole: bytes, data: st.DataObject) -> bytes:
    """A file of ours with some bytes changed, cut or put in."""
    made = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(0, len(made) - 1)))
        new = data.draw(st.binary(max_size=4))
        made[at : at + data.draw(st.integers(0, 4))] = new
    return bytes(made)


def opened(path: Path) -> None:
    with parcels.at(path) as found:
        for parcel in found.parcels:
            parcel.data.read_bytes()


@EASY
@given(st.data())
def test_a_zip(tmp_path: Path, data: st.DataObject) -> None:
    whole = archives.archive(
        *archives.PAIR, method=data.draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
    )
    path = tmp_path / "in.zip"
    path.write_bytes(changed(whole, data) if data.draw(st.booleans()) else data.draw(st.binary(max_size=400)))
    calm(lambda: opened(path))


@EASY
@given(st.data())
def test_a_parquet_file(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "DI31.parquet"
    path.write_bytes(changed(parquets.good(), data))
    calm(lambda: [batch.table.to_pydict() for batch in open_file(path, contract("DI31")).batches()])


@EASY
@given(TOKENS)
def test_a_household_in_yaml(text: str) -> None:
    calm(lambda: reader.read(strict.from_yaml(text)))
    calm(lambda: reader.read(strict.from_yaml(commands.HEAD + text)))
    calm(lambda: strict.from_yaml(text, anchors=True))


@EASY
@given(VALUES, st.sampled_from([*HOUSEHOLD, "本户", "标准", "义务人", "说明"]))
def test_a_household_in_json(value: Any, key: str) -> None:
    for document in (value, HOUSEHOLD | {key: value}, HOUSEHOLD | {"人员": {"甲": {"与申请人关系": value}}}):
        calm(lambda document=document: reader.read(strict.from_json(json.dumps(document).encode())))


@EASY
@given(st.binary(max_size=300))
def test_a_household_of_any_bytes(tmp_path: Path, raw: bytes) -> None:
    for name in ("a.yaml", "a.json"):
        path = tmp_path / name
        path.write_bytes(raw)
        calm(lambda path=path: reader.read(strict.from_file(path)))


@EASY
@given(st.data())
def test_a_list_of_places(tmp_path: Path, data: st.DataObject) -> None:
    path = tmp_path / "places.csv"
    path.write_bytes(changed(commands.LIST.encode() * 3, data))
    calm(lambda: listing.read(path))


@EASY
@given(st.text(max_size=200) | VALUES.map(json.dumps))
def test_what_a_column_of_json_says(text: str) -> None:
    columns = dict.fromkeys((archive.INCOME, archive.ASSETS, archive.SUPPORTERS), text)
    calm(lambda: archive.read(columns, on=date(2025, 10, 15)))


@EASY
@given(st.text(max_size=200) | VALUES.map(json.dumps), st.sampled_from(["json", "text"]))
def test_numbers_within_texts(text: str, kind: str) -> None:
    def word(number: str) -> str:
        return "p-1"

    told = within.replaced(text, kind, word)
    assert within.replaced(told, kind, word).replace("p-", "") == told.replace("p-", "") or "p-" in text


@EASY
@given(st.data())
def test_a_frozen_judgement(tmp_path: Path, data: st.DataObject) -> None:
    given_ = data.draw(st.sampled_from(list(commands.REPLAYED.values())))
    path = tmp_path / "judgement.json"
    path.write_bytes(changed(given_, data) if given_ else data.draw(st.binary(max_size=200)))
    (found,) = replays.replay([path])
    assert not found.is_same


@EASY
@given(TOKENS)
def test_standards(tmp_path: Path, text: str) -> None:
    for written in (text, f"dibao_urban: {text}", f"dibao_urban:\n  - {{division: '64', {text}}}"):
        (tmp_path / "a.yaml").write_text(written, encoding="utf-8")
        calm(lambda: standards.read(tmp_path))


@EASY
@given(st.binary(max_size=200) | VALUES.map(lambda told: json.dumps(told).encode()))
def test_the_towns_of_the_package(raw: bytes) -> None:
    calm(lambda: seed.towns(raw))


@EASY
@given(VALUES)
def test_a_record_of_who_looked(tmp_path: Path, value: Any) -> None:
    path = tmp_path / "record.json"
    for told in (value, {"proofs": value}, {"proofs": [value]}):
        path.write_text(json.dumps(told), encoding="utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(checking.sys, "argv", ["checking", str(path), "--key", "00"])
            patch.setattr(checking.sys, "stderr", io.StringIO())
            assert checking.main() in (0, 1)
