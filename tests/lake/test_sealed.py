"""The lake's files are sealed, each by a key of its own; DuckDB reads and writes them all the same."""

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest
from django.db import connection as database
from django.db import transaction

from wenhou.base.errors import WenhouError
from wenhou.base.secrets.blocks import MAGIC
from wenhou.lake import filekeys, files, parquet, sealed, store
from wenhou.lake.models import FileKey

pytestmark = pytest.mark.django_db
TOLD = "宁夏回族自治区银川市兴庆区"


def written(name: str = "one", *, lasting: bool = True, rows: int = 300_000) -> Path:
    path = files.root() / f"{name}.parquet"
    query = (
        f"select range as person, '{TOLD}' || range % 7 as address, hash(range) as amount from range({rows})"
    )
    with store.connect() as lake:
        parquet.write(lake, query, path, lasting=lasting)
    return path


def test_a_file_is_sealed_and_read_as_it_was_written() -> None:
    path = written()
    content = path.read_bytes()
    assert content.startswith(MAGIC)
    assert TOLD.encode() not in content
    assert b"PAR1" not in content
    with store.connect() as lake:
        found = lake.execute(
            f"select count(*), sum(person), count(distinct address), bit_xor(amount) from {parquet.file(path)}"
        ).fetchone()
        expected = lake.execute("select bit_xor(hash(range)) from range(300000)").fetchone()
    assert expected is not None
    assert found == (300_000, 44_999_850_000, 7, expected[0])
    assert parquet.columns(path) == ["person", "address", "amount"]


def test_every_file_has_a_key_of_its_own_and_the_database_holds_none_in_clear() -> None:
    one, other = written("one"), written("two")
    numbers = sealed.numbers_under(one, other)
    assert len(set(numbers)) == 2
    rows = FileKey.objects.in_bulk(numbers)
    secrets = {filekeys.secret_of(number) for number in numbers}
    assert len(secrets) == 2
    assert {bytes.fromhex(row.secret) for row in rows.values()} == secrets
    with database.cursor() as cursor:
        cursor.execute("select string_agg(told::text, ' ') from lake_file_key told")
        kept = cursor.fetchone()[0]
    assert not any(secret.hex() in kept for secret in secrets)


def test_another_process_reads_it_and_a_passing_one_it_does_not() -> None:
    lasting, passing = written("one"), written("two", lasting=False)
    filekeys.forget()  # as a process that has just begun
    assert len(pq.read_table(sealed.open_file(lasting))) == 300_000
    with pytest.raises(WenhouError, match="钥匙不在库中"):
        parquet.file(passing)


def test_a_key_outlives_the_transaction_it_was_made_in() -> None:
    """Else a file could stand in another's place, and its key be rolled back."""
    with transaction.atomic():
        path = written()
        transaction.set_rollback(True)
    filekeys.forget()
    assert parquet.columns(path) == ["person", "address", "amount"]


def test_a_destroyed_key_says_so() -> None:
    path = written()
    numbers = sealed.numbers_under(path)
    assert filekeys.destroy(numbers, on=date(2026, 3, 1), ground="保存期满") == 1
    with pytest.raises(filekeys.Destroyed, match="已依法删除"):
        parquet.file(path)
    row = FileKey.objects.get(number=numbers[0])
    assert (row.secret, row.destroyed_on, row.ground) == (None, date(2026, 3, 1), "保存期满")
    assert filekeys.destroy(numbers, on=date(2026, 4, 1), ground="again") == 0


def test_sealed_and_clear_are_read_together(settings: Any) -> None:
    settings.WENHOU_SEAL_LAKE = False
    clear = written("clear", rows=10)
    assert clear.read_bytes().startswith(b"PAR1")
    settings.WENHOU_SEAL_LAKE = True
    with store.connect() as lake:
        found = lake.execute(
            f"select count(*), max(person) from {parquet.file(clear, written('one'))}"
        ).fetchone()
    assert found == (300_010, 299_999)


def test_duckdb_reaches_no_file_beyond_the_lake(tmp_path: Path) -> None:
    outside = tmp_path / "outside.parquet"
    with store.connect() as lake:
        for told in (f"sealed://{outside}", f"passing://{outside}", str(outside)):
            with pytest.raises(duckdb.Error, match="disabled"):
                lake.execute(f"copy (select 1) to '{told}' (format parquet)")
    assert not outside.exists()


def test_what_others_send_is_read_as_it_stands(tmp_path: Path) -> None:
    """A file that begins like a sealed one is no sealed one because of it."""
    sent = tmp_path / "sent.csv"
    sent.write_bytes(written().read_bytes())
    assert sealed.number_of(sent) is None
    with sealed.open_file(sent) as source:
        assert source.read(4) == MAGIC


@pytest.mark.parametrize("cipher", ["AES", "SM4"])
def test_any_file_is_sealed_by_the_cipher_that_is_set(settings: Any, cipher: str) -> None:
    settings.WENHOU_CIPHER = cipher
    path = files.root() / "rejects.csv"
    sealed.write_bytes(path, TOLD.encode() * 50_000)
    assert path.read_bytes()[5] == {"AES": 1, "SM4": 2}[cipher]
    assert (sealed.size(path), sealed.read_bytes(path)) == (
        50_000 * len(TOLD.encode()),
        TOLD.encode() * 50_000,
    )
