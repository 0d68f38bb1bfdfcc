"""One load from beginning to end."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import duckdb
from django.conf import settings
from django.db import connection as database
from django.db import transaction

from wenhou.base import clock, scanning
from wenhou.base.errors import Refused, WenhouError
from wenhou.base.outbox import tell
from wenhou.exchange.contracts import Contract, contract
from wenhou.exchange.enums import DeliveryState
from wenhou.exchange.events import DeliveryLoaded
from wenhou.exchange.loading import authorised, holding, keeping, rejects, remarks, sweeping
from wenhou.exchange.loading.progress import Progress
from wenhou.exchange.loading.staging import Staging
from wenhou.exchange.models import Delivery
from wenhou.exchange.reading.opening import open_file
from wenhou.lake import files, sealed, store
from wenhou.lake.actions import parts

_LOCK = 0x6C6F6164
SCANNING, CHECKING, NUMBERING, WRITING, DONE = "查毒", "读取并校验", "登记人员", "写入数据湖", "完成"
HELD = "等待查毒"
NO_NUMBER = (
    "没有一行的身份证号可用，整份没有装入：全量件要代替以前的来件，凭它不能说这里一个人也没有。"
    "请核对证号一列后重报；确实没有证号的，改报增量，系统按姓名、出生日期等认人。"
)


def run(delivery: Delivery, *, on: date, say: Callable[[Delivery], None]) -> Delivery:
    """See `actions.deliveries.load`."""
    with alone(delivery.contract):
        delivery.refresh_from_db()
        if delivery.state == DeliveryState.LOADED:
            return delivery
        if delivery.state == DeliveryState.REFUSED:
            raise Refused(delivery.refusal)
        sweeping.sweep(delivery.contract)
        sweeping.retire(delivery.contract, on=on)
        _started(delivery, on)
        try:
            _load(delivery, on, Progress(delivery, say))
        except Refused as refusal:
            _refuse(delivery, refusal.message, on)
            raise
        except scanning.Silent:
            _set_aside(delivery, HELD)
            raise
        except duckdb.OutOfMemoryException as error:
            _set_aside(delivery)
            raise WenhouError("装入时内存不够，什么也没有装入；请调大WENHOU_LOAD_MEMORY后再装。") from error
        except (duckdb.Error, OSError) as error:
            _set_aside(delivery)
            raise WenhouError("装入没有完成，什么也没有装入；请查看磁盘是否已满，然后再装。") from error
    say(delivery)
    return delivery


def _load(delivery: Delivery, on: date, progress: Progress) -> None:
    promised = contract(delivery.contract)
    source = files.landing_folder(delivery.pk) / delivery.file_name
    if not source.is_file():
        raise WenhouError("收到的原文件不在了，请重新报送。")
    with (
        files.workplace() as folder,
        store.connect(memory=settings.WENHOU_LOAD_MEMORY) as connection,
    ):
        leave_room(connection)
        _look_through(source, progress)
        _stage(delivery, promised, source, connection, progress)
        authorised.check(connection, promised, (delivery.period_from, delivery.period_to))
        rejects.gather(connection, promised)
        _count(delivery, connection)
        if delivery.rows_rejected:
            rejects.write(connection, folder / "rejects.csv")
            files.settle(folder / "rejects.csv", files.rejects_path(delivery.pk))
        holds = holding.keep(connection, promised, source.parent)
        if delivery.rows_read and delivery.rows_read == delivery.rows_rejected:
            _require_additions(delivery, holds=holds)
        _commit(delivery, promised, folder / "facts.parquet", on, connection, progress)


def _require_additions(delivery: Delivery, *, holds: bool) -> None:
    """Of a file without a good row, additions may be held. A full file would put nothing in the place of all that stands,
    and say of everybody who lives there that there is nothing."""
    if not holds:
        raise Refused("没有一行合格，整份没有装入；各行的原因见退回清单。")
    if delivery.mode == "full":
        raise Refused(NO_NUMBER)


def leave_room(connection: duckdb.DuckDBPyConnection) -> None:
    """Of WENHOU_LOAD_MEMORY a quarter is for what DuckDB does not count: readers, and what allocators hold on to."""
    told = connection.execute("select current_setting('memory_limit')").fetchone()
    number, unit = str(told[0] if told else "").split()
    connection.execute(f"set memory_limit = '{float(number) * 0.75:.1f}{unit}'")


def _look_through(source: Path, progress: Progress) -> None:
    """Before anybody reads it. Raises scanning.Harmful, or scanning.Silent while the scanner does not answer."""
    if scanning.is_wanted():
        progress.at(SCANNING, 0)
        with sealed.open_file(source) as stream:
            scanning.scan(stream)


def _stage(
    delivery: Delivery,
    promised: Contract,
    source: Path,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress,
) -> None:
    reader = open_file(source, promised)
    staging = Staging(connection, promised, reader.header)
    for batch in reader.batches():
        staging.take(batch)
        progress.at(CHECKING, batch.done * 60)


def _count(delivery: Delivery, connection: duckdb.DuckDBPyConnection) -> None:
    counted = "select (select count(*) from staged) + (select count(*) from misfits)"
    delivery.rows_read = _one(connection, counted)
    delivery.rows_rejected = rejects.rejected_rows(connection)
    delivery.reject_reasons = rejects.reasons(connection)


def _commit(
    delivery: Delivery,
    promised: Contract,
    temporary: Path,
    on: date,
    connection: duckdb.DuckDBPyConnection,
    progress: Progress,
) -> None:
    """Keys, facts, part, state and news become true together; a facts file nobody knows is swept later."""
    path = files.facts_path(delivery.contract, delivery.pk)
    try:
        with transaction.atomic():
            progress.at(NUMBERING, 60)
            keeping.number_people(connection, promised)
            progress.at(WRITING, 80)
            replaced = keeping.write(connection, promised, delivery.pk, temporary)
            progress.at(WRITING, 99)
            files.settle(temporary, path)
            delivery.remarks = remarks.gather(connection, promised, replaced)
            delivery.rows_loaded = delivery.rows_read - delivery.rows_rejected - replaced
            _finish(delivery, on)
    except Exception:
        parts.sweep(delivery.contract)
        raise


def _finish(delivery: Delivery, on: date) -> None:
    now = moment(on)
    parts.add(
        contract=delivery.contract,
        delivery=delivery.pk,
        division=delivery.division,
        period=(delivery.period_from, delivery.period_to),
        mode=delivery.mode,
        rows=delivery.rows_loaded,
        at=now,
    )
    delivery.state, delivery.stage, delivery.progress = DeliveryState.LOADED, DONE, 100
    delivery.finished_at = now
    delivery.save()
    tell(DeliveryLoaded(delivery=delivery.pk, contract=delivery.contract))


def _started(delivery: Delivery, on: date) -> None:
    delivery.state, delivery.started_at, delivery.finished_at = DeliveryState.LOADING, moment(on), None
    delivery.stage, delivery.progress = CHECKING, 0
    delivery.save()


def _set_aside(delivery: Delivery, stage: str = "未完成") -> None:
    """Back to where it can be loaded again."""
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.RECEIVED, stage=stage, progress=0)


def _refuse(delivery: Delivery, sentence: str, on: date) -> None:
    """The file is not kept: what we do not take we do not hold."""
    delivery.state, delivery.refusal, delivery.finished_at = (
        DeliveryState.REFUSED,
        sentence[:300],
        moment(on),
    )
    delivery.stage = "未收下"
    delivery.save()
    shutil.rmtree(files.landing_folder(delivery.pk), ignore_errors=True)


def moment(on: date) -> datetime:
    return datetime.combine(on, clock.now().timetz())


@contextmanager
def alone(code: str) -> Iterator[None]:
    """One load of a contract at a time; a process that dies lets go."""
    with database.cursor() as cursor:
        cursor.execute("select pg_advisory_lock(%s, hashtext(%s))", [_LOCK, code])
    try:
        yield
    finally:
        with database.cursor() as cursor:
            cursor.execute("select pg_advisory_unlock(%s, hashtext(%s))", [_LOCK, code])


def _one(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    found = connection.execute(sql).fetchone()
    return int(found[0]) if found else 0
