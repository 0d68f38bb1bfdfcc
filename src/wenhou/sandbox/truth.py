"""DIR/truth/truth.parquet: who is really in which need. Never beside the deliveries, never for the product."""

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.sandbox.cast import Expectation, House, Person, Register
from wenhou.sandbox.faults import Faults
from wenhou.sandbox.oracle import READINGS
from wenhou.sandbox.oracle.subjects import NEEDS, SOURCES
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


class Truth:
    """The oracle's findings and the planted cases, checked against each other."""

    def __init__(self, world: World, printer: Printer) -> None:
        self.view = View(world)
        self.world = world
        self.printer = printer
        self.findings = {indicator: read(self.view) for indicator, read in READINGS.items()}

    def rows(self, faults: Faults) -> list[dict[str, Any]]:
        """One row per planted case and per subject for whom the answer is yes; `error` names what hides it."""
        planted = self._planted()
        rows = [self._row(key, cases[0]) for key, cases in planted.items()]
        for indicator, finding in self.findings.items():
            rows += [
                self._row((indicator, subject), None)
                for subject in finding.rows.tolist()
                if (indicator, subject) not in planted
            ]
        self._blame(rows, faults)
        return sorted(rows, key=lambda r: (r["indicator"], r["household_no"], r["id_no"], r["answer"]))

    def _planted(self) -> dict[tuple[str, int], list[Expectation]]:
        planted: dict[tuple[str, int], list[Expectation]] = {}
        for case in self.world.cast.expectations:
            planted.setdefault((case.indicator, self._subject(case)), []).append(case)
        return planted

    def _blame(self, rows: list[dict[str, Any]], faults: Faults) -> None:
        """Name the error of deliveries that may hide a subject; of households, any member's."""
        hidden = {code: faults.of(code) for codes in SOURCES.values() for code in codes}
        if not any(hidden.values()):
            return
        members = self._members()
        for row in rows:
            subject = {row["id_no"]} if row["subject_kind"] == "person" else members[row["household_no"]]
            for code in SOURCES.get(row["indicator"], ()):
                for error, numbers in hidden[code].items():
                    if subject & numbers:
                        row["error"] = error
                        row["rows"] = ";".join(filter(None, (row["rows"], code)))

    def _members(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for person, home in enumerate(self.view.home.tolist()):
            if home >= 0:
                number = self.printer.house(int(self.view.home_codes[home]))
                found.setdefault(number, set()).add(self.printer.person(person))
        return found

    def disagreements(self) -> list[str]:
        """Planted cases that the oracle reads otherwise: a mistake of the sandbox itself."""
        wrong = []
        for case in self.world.cast.expectations:
            finding = self.findings[case.indicator]
            holds = bool(np.isin(self._subject(case), finding.rows))
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

    def _row(self, key: tuple[str, int], case: Expectation | None) -> dict[str, Any]:
        indicator, subject = key
        finding = self.findings[indicator]
        person = subject if finding.kind == "person" else self._representative(subject)
        code = self._house_code(person)
        answer = case.answer if case else "yes"
        return {
            "subject_kind": finding.kind,
            "id_no": self.printer.person(person),
            "household_no": self.printer.house(code),
            "indicator": indicator,
            "need": NEEDS[indicator],
            "expected": answer == "yes",
            "answer": answer,
            "planted": case is not None,
            "why": case.why if case else "自然发生",
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


def write(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Write truth.parquet, the same bytes for the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), folder / "truth.parquet", compression="zstd")


def summary(findings: dict[str, Finding]) -> dict[str, int]:
    """How many subjects answer yes, per indicator."""
    return {indicator: len(finding.rows) for indicator, finding in sorted(findings.items())}
