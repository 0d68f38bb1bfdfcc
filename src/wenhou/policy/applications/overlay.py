"""Standards given with a case in a file of their own: plain values, or dated rows in the grammar of `standards/`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wenhou.engine.nodes import Value
from wenhou.engine.words import DEFAULT, Book
from wenhou.policy import standards
from wenhou.policy.applications.faults import ApplicationFault, Faults, has_unseen, said
from wenhou.policy.applications.reader import read_standards
from wenhou.policy.applications.values import Values
from wenhou.policy.applications.vocabulary import vocabulary
from wenhou.policy.standards import Row


@dataclass(frozen=True)
class Given:
    """Standards that come with the question and prevail over `standards/`; wherever they decide, it is said."""

    values: Mapping[str, Value] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()

    def on(self, place: str, day: date) -> dict[str, Row]:
        """The dated rows in force at a place on a day, by name."""
        return standards.resolve(self.rows, place, day)


def read(told: Any, *, book: Book = DEFAULT) -> Given:
    """From a mapping of names to values (`500.00元`) or to lists of rows. Raises ApplicationFault, StandardFault."""
    faults = Faults()
    if not isinstance(told, Mapping):
        faults.add(
            "标准文件读不懂", "最外层应是标准的名称", "请照 standards/ 里的文件写，或写 dibao_rural: 500.00元"
        )
        faults.check()
    known = vocabulary(book).standards
    plain = {key: value for key, value in told.items() if not isinstance(value, list)}
    values = read_standards(plain, known, faults, Values(faults, date.max))
    rows: list[Row] = []
    for key, entries in told.items():
        if not isinstance(entries, list):
            continue
        if key not in known:
            faults.add(
                f"没有叫“{said(key)}”的标准", "规则不会用它", f"{faults.nearest(key, known)}请改名或删去"
            )
            continue
        rows += [_row(known[key].name, entry, f"标准文件 {said(key)}") for entry in entries]
    faults.check()
    return Given(values, standards.settled(rows))


def _row(name: str, entry: Any, where: str) -> Row:
    if not isinstance(entry, Mapping) or not all(isinstance(key, str) for key in entry):
        why = "每条应有区划、起始日、数值、单位、文件"
        raise ApplicationFault((f"{where}的一条读不懂：{why}；请照 standards/ 里的文件写。",))
    for text in entry.values():
        if isinstance(text, str) and has_unseen(text):
            raise ApplicationFault(
                (f"{where}的“{said(text)}”：有换行或看不见的字符，它会印在结果上；请重新输入。",)
            )
    return standards.row(name, entry, where, registered=False)
