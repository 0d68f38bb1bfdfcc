"""The list as a workbook. Names stay masked; every cell is text or a number, never a formula or a link."""

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from wenhou.base.errors import Refused
from wenhou.desk import watched
from wenhou.divisions import queries as divisions
from wenhou.monitoring.models import Alert
from wenhou.monitoring.queries import ROW

MOST = 20_000
HEAD = (
    ("编号", 16), ("缓急", 6), ("分数", 6), ("限办", 12), ("姓名（遮蔽）", 14), ("证号（遮蔽）", 16), ("性别", 6), ("年龄", 6),
    ("在册", 12), ("同户人数", 9), ("指标", 7), ("因何", 28), ("依据", 48), ("何处", 36), ("类型", 10), ("状态", 8), ("经手", 12),
    ("发现", 12), ("办结", 12), ("结果", 12),
)  # fmt: skip


def workbook(found: Any, *, on: date) -> bytes:
    """XLSX of a queryset of alerts, most urgent first. Refused above MOST rows."""
    rows = list(found.order_by("due_on", "-severity", "id").values_list(*ROW)[: MOST + 1])
    if len(rows) > MOST:
        raise Refused(f"一次最多导出{MOST:,}条，请先筛选。")
    buffer = BytesIO()
    safe = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, safe) as book:
        sheet = book.add_worksheet("预警")
        bold, day = (
            book.add_format({"bold": True, "bottom": 1}),
            book.add_format({"num_format": "yyyy-mm-dd"}),
        )
        for column, (word, width) in enumerate(HEAD):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, word, bold)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(1, len(rows)), len(HEAD) - 1)
        for number, cells in enumerate(_cells(rows), start=1):
            _write(sheet, number, cells, day)
        sheet.set_footer(f"&L导出日 {on:%Y-%m-%d}，姓名证号已遮蔽&R&P/&N")
    return buffer.getvalue()


def ticked(numbers: Iterable[str], found: Any) -> Any:
    """Those of the visible alerts that were ticked."""
    return found.filter(number__in=list(numbers))


def visible(scope: Any) -> Any:
    """Every alert the reader may see, of any state."""
    return Alert.objects.filter(scope.q("division", "copy_division", wall="wall"))


def _cells(rows: list[tuple[Any, ...]]) -> Iterable[tuple[Any, ...]]:
    names = watched.names()
    places = divisions.lookup({row[ROW.index("division")] for row in rows})
    for row in rows:
        told = dict(zip(ROW, row, strict=True))
        yield (
            told["number"], told["colour"], told["severity"], told["due_on"], told["name_masked"], told["id_masked"],
            {"1": "男", "2": "女"}.get(told["sex"], ""), told["age"], told["standing"], told["household_size"],
            told["indicator"], names.get(told["indicator"], ""), told["headline"], places[told["division"]],
            told["alert_type"], told["state"], told["post__account__full_name"] or "", told["raised_on"],
            told["closed_on"], told["outcome"],
        )  # fmt: skip


def _write(sheet: Any, number: int, cells: tuple[Any, ...], day: Any) -> None:
    for column, cell in enumerate(cells):
        if cell is None or cell == "":
            continue
        if isinstance(cell, date):
            sheet.write_datetime(number, column, cell, day)
        elif isinstance(cell, int):
            sheet.write_number(number, column, cell)
        else:
            sheet.write_string(number, column, str(cell))
