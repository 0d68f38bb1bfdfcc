"""A lake in clear is sealed where it lies; keys of files that are gone go too."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from wenhou.base import clock
from wenhou.base.errors import Refused
from wenhou.base.secrets.blocks import MAGIC
from wenhou.lake import cli, files, parquet, sealed, store
from wenhou.lake.actions import sealing
from wenhou.lake.models import FileKey

pytestmark = pytest.mark.django_db


@pytest.fixture
def clear(settings: Any) -> list[Path]:
    """Files of every kind, written before."""
    settings.WENHOU_SEAL_LAKE = False
    root = files.root()
    paths = [
        root / "facts" / "DI01" / "00000001.parquet",
        root / "landing" / "00000001" / "DI01.csv",
        root / "rejects" / "00000001.csv",
        root / "judgements" / "law" / "2026-01-01" / "a.json",
    ]
    for path in paths:
        path.parent.mkdir(parents=True)
        path.write_bytes(b"told " * 100_000)
    with store.connect() as lake:
        parquet.write(lake, "select range as person from range(1000)", paths[0])
    (root / "published" / "rule_sets").mkdir(parents=True)
    (root / "published" / "rule_sets" / "law.json.gz").write_bytes(b"the law")
    settings.WENHOU_SEAL_LAKE = True
    return paths


def test_every_file_of_people_is_sealed_and_says_what_it_said(clear: list[Path]) -> None:
    assert (sealing.state().sealed, sealing.state().clear) == (0, 4)
    before = [path.read_bytes() for path in clear]
    assert cli.run_seal(None) == {"加密": 4}  # type: ignore[arg-type]
    assert [path.read_bytes()[:4] for path in clear] == [MAGIC] * 4
    assert [sealed.read_bytes(path) for path in clear] == before
    assert (sealing.state().sealed, sealing.state().clear, sealing.seal()) == (4, 0, 0)
    assert (files.root() / "published" / "rule_sets" / "law.json.gz").read_bytes() == b"the law"


def test_broken_off_it_goes_on_with_the_rest(clear: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    create, done = sealed.create, []

    def twice(path: Path, **told: Any) -> Any:
        if len(done) == 2:
            raise KeyboardInterrupt
        done.append(path)
        return create(path, **told)

    monkeypatch.setattr(sealed, "create", twice)
    with pytest.raises(KeyboardInterrupt):
        sealing.seal()
    monkeypatch.undo()
    assert sealing.seal() == 2
    assert sealing.state().clear == 0


def test_it_is_refused_where_new_files_are_not_sealed(settings: Any) -> None:
    settings.WENHOU_SEAL_LAKE = False
    with pytest.raises(Refused, match="WENHOU_SEAL_LAKE"):
        cli.run_seal(None)  # type: ignore[arg-type]


def test_keys_of_files_that_are_gone_go_too(clear: list[Path]) -> None:
    sealing.seal()
    numbers = sealed.numbers_under(*clear)
    clear[1].unlink()
    sealing.tidy()
    assert FileKey.objects.filter(pk__in=numbers).count() == 4, "a young one may be of a file being written"
    sealing.tidy(now=clock.now() + timedelta(days=2))
    assert set(FileKey.objects.filter(pk__in=numbers).values_list("pk", flat=True)) == set(numbers) - {
        numbers[1]
    }


def test_every_file_is_read_to_its_end_and_what_is_wrong_is_named(clear: list[Path]) -> None:
    sealing.seal()
    assert (sealing.verify(), cli.run_verify(None).code) == ([], 0)  # type: ignore[arg-type]
    spoilt = bytearray(clear[1].read_bytes())
    spoilt[300_000] ^= 1
    clear[1].write_bytes(spoilt)
    clear[0].write_bytes(clear[0].read_bytes()[:-1])
    (clear[0].parent / "00000002.parquet").write_bytes(b"PAR1")
    assert [line.partition("：")[0] for line in sealing.verify()] == [
        "facts/DI01/00000001.parquet", "facts/DI01/00000002.parquet", "landing/00000001/DI01.csv",
    ]  # fmt: skip
    assert cli.run_verify(None).code == 1  # type: ignore[arg-type]
