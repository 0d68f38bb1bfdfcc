"""DIR/truth/truth.parquet: who is really in which need. Never beside the deliveries, never for the product."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.sandbox.blame import Blame
from wenhou.sandbox.cast import Expectation, House, Person, Register
from wenhou.sandbox.faults import Faults
from wenhou.sandbox.oracle import READINGS
from wenhou.sandbox.oracle.subjects import NEEDS
from wenhou.sandbox.oracle.view import Finding, View
from wenhou.sandbox.tables import Printer, register_house
from wenhou.sandbox.world import World

SCHEMA = pa.schema(
    [
        ("subject_kind", pa.string()),
        ("id_no", pa.string()),
        ("household_no", pa.string()),
        ("indicator", pa.string()),
        ("need", pa.string()),
        ("expected", pa.bool_()),
        ("answer", pa.string()),
        ("planted", pa.bool_()),
        ("why", pa.string()),
        ("error", pa.string()),
        ("rows", pa.string()),
    ]
)
_UNPLANTED = {"yes": "自然发生", "no": "本来不是，差错可使答案为是"}
_NOBODY = np.empty(0, dtype=np.int64)


class Truth:
    """The oracle's findings and the planted cases, checked against each other."""

    def __init__(self, world: World, printer: Printer) -> None:
        self.view = View(world)
        self.world = world
        self.printer = printer
        self.findings = {indicator: read(self.view) for indicator, read in READINGS.items()}

    def rows(self, faults: Faults) -> list[dict[str, Any]]:
        """One row per planted case, per subject for whom the answer is yes, and per subject whom errors may give a
        yes; `error` names what turns or hides the answer."""
        blame = Blame(self.view, faults) if faults.errors or faults.late else None
        rows = [row for indicator in self.findings for row in self._rows_of(indicator, blame)]
        return sorted(rows, key=lambda r: (r["indicator"], r["household_no"], r["id_no"], r["answer"]))

    def _rows_of(self, indicator: str, blame: Blame | None) -> list[dict[str, Any]]:
        finding = self.findings[indicator]
        lost, won = blame.turned(indicator, finding) if blame else (_NOBODY, _NOBODY)
        turned = {*lost.tolist(), *won.tolist()}
        cases = self._planted.get(indicator, {})
        rows = []
        for subject in dict.fromkeys((*cases, *finding.rows.tolist(), *won.tolist())):
            holds = subject not in turned or subject in lost
            row = self._row((indicator, subject), cases.get(subject), natural="yes" if holds else "no")
            if blame and (row["expected"] or subject in turned):
                _name(row, blame.of(indicator, subject, turned=subject in turned))
            elif blame:
                _name(row, blame.not_sent(indicator))
            rows.append(row)
        return rows

    @cached_property
    def _planted(self) -> dict[str, dict[int, Expectation]]:
        planted: dict[str, dict[int, Expectation]] = {}
        for case in self.world.cast.expectations:
            planted.setdefault(case.indicator, {}).setdefault(self._subject(case), case)
        return planted

    def disagreements(self) -> list[str]:
        """Planted cases that the oracle reads otherwise: a mistake of the sandbox itself."""
        wrong = []
        yes = {indicator: {*finding.rows.tolist()} for indicator, finding in self.findings.items()}
        for case in self.world.cast.expectations:
            holds = self._subject(case) in yes[case.indicator]
            if holds != (case.answer == "yes"):
                wrong.append(f"{case.indicator} {case.answer}: {case.why}")
        return wrong

    def _subject(self, case: Expectation) -> int:
        subject = case.subject
        if isinstance(subject, Person) and self.findings[case.indicator].kind == "person":
            return subject.index
        return self._home(subject)

    def _home(self, subject: Person | House | Register) -> int:
        if isinstance(subject, Register):
            return int(np.searchsorted(self.view.home_codes, register_house(subject.index)))
        person = subject if isinstance(subject, Person) else next(p for p in subject.people if p.listed)
        return int(self.view.home[person.index])

    def _row(self, key: tuple[str, int], case: Expectation | None, *, natural: str) -> dict[str, Any]:
        indicator, subject = key
        finding = self.findings[indicator]
        person = subject if finding.kind == "person" else self._representative(subject)
        code = self._house_code(person)
        answer = case.answer if case else natural
        return {
            "subject_kind": finding.kind,
            "id_no": self.printer.person(person),
            "household_no": self.printer.house(code),
            "indicator": indicator,
            "need": NEEDS[indicator],
            "expected": answer == "yes",
            "answer": answer,
            "planted": case is not None,
            "why": case.why if case else _UNPLANTED[natural],
            "error": case.error if case else None,
            "rows": case.rows if case else "",
        }

    def _house_code(self, person: int) -> int:
        home = int(self.view.home[person])
        return int(self.view.home_codes[home]) if home >= 0 else int(self.world.crowd.house[person])

    def _representative(self, home: int) -> int:
        return int(self._first_members[home])

    @cached_property
    def _first_members(self) -> np.ndarray:
        home = self.view.home
        inside = np.flatnonzero(home >= 0)
        first = np.full(len(self.view.home_codes), -1)
        order = inside[np.lexsort((self.world.crowd.slot[inside], home[inside]))][::-1]
        first[home[order]] = order
        return first


def _name(row: dict[str, Any], errors: list[tuple[str, str]]) -> None:
    """Write errors (contract, error) into a row of the truth."""
    if errors:
        row["error"] = ";".join(sorted({error for _, error in errors}))
        row["rows"] = ";".join(filter(None, (row["rows"], *sorted({contract for contract, _ in errors}))))


def write(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Write truth.parquet, the same bytes for the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), folder / "truth.parquet", compression="zstd")


def summary(findings: dict[str, Finding]) -> dict[str, int]:
    """How many subjects answer yes, per indicator."""
    return {indicator: len(finding.rows) for indicator, finding in sorted(findings.items())}
