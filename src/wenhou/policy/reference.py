"""docs/reference/standards.md, written from `standards/`: `python -m wenhou.policy.reference`. Pure."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from wenhou.base.money import format_yuan
from wenhou.engine.words import DEFAULT
from wenhou.policy import parameters, standards
from wenhou.policy.standards import UNITS, Row

__all__ = ["parameters"]

ROOT = Path(__file__).resolve().parents[3]
HEAD = """# Standards

Written from `standards/**/*.yaml` by `python -m wenhou.policy.reference > docs/reference/standards.md`.

A row holds at its division from `since` until the day before the next row there, or until its own last day; a place
without a row in force has no standard (标准缺失), and what depends on it is unknown. The nearest division prevails;
of `dibao_urban` and `dibao_rural` the highest (facts §7). 暂定: provisional. Every local value and every amount of money
that has no end is reviewed by the day given; past it, whatever rests on it says 已过复核日.
"""
_CHINESE = {unit: label for label, unit in UNITS.items()}


def page(rows: Iterable[Row]) -> str:
    """The whole page in Markdown."""
    labels = {standard.name: standard.label for standard in DEFAULT.standards}
    ordered = sorted(rows, key=lambda row: (row.name, row.division, row.since))
    parts = [HEAD]
    for name, group in groupby(ordered, key=lambda row: row.name):
        parts += [f"\n## `{name}`\n\n{labels[name]}\n", "\n".join(_table(group)), ""]
    return "\n".join(parts)


def _table(rows: Iterable[Row]) -> Iterator[str]:
    yield "| 区划 | 自 | 至 | 数值 | 文件 | 复核 | 说明 |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        place = "全国" if row.division == standards.NATION else row.division
        review = f"{'暂定，' * row.provisional}{row.review_by}前复核" if row.review_by else ""
        document = f"{row.document} {row.article}".strip()
        yield f"| {place} | {row.since} | {row.until or ''} | {_shown(row)} | {document} | {review} | {row.note} |"


def _shown(row: Row) -> str:
    unit = _CHINESE[row.unit]
    if isinstance(row.value, bool):
        return "是" if row.value else "否"
    if isinstance(row.value, str):
        return row.value
    return f"{format_yuan(row.value) if row.unit.startswith('fen') else row.value}{unit}"


if __name__ == "__main__":
    print(page(standards.read(ROOT / "standards")), end="")
