"""DIR/truth/truth.parquet: who is really in which need. Never beside the deliveries, never for the product."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.sandbox.cast import Expectation, House, Person, Register
from wenhou.sandbox.oracle import READINGS
from wenhou.sandbox.oracle.needs_names import NEEDS
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

    def rows(self) -> list[dict[str, Any]]:
        """One row per planted case and per subject for whom the answer is yes."""
        planted: dict[tuple[str, int], list[Expectation]] = {}
        for case in self.world.cast.expectations:
            planted.setdefault((case.indicator, self._subject(case)), []).append(case)
        rows = [self._row(key, cases[0]) for key, cases in planted.items()]
        for indicator, finding in self.findings.items():
            rows += [
                self._row((indicator, subject), None)
                for subject in finding.rows.tolist()
                if (indicator, subject) not in planted
            ]
        return sorted(rows, key=lambda r: (r["indicator"], r["household_no"], r["id_no"], r["answer"]))

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

    @property
    def _first_members(self) -> np.ndarray:
        if not hasattr(self, "_first"):
            home = self.view.home
            inside = np.flatnonzero(home >= 0)
            first = np.full(len(self.view.home_codes), -1)
            order = inside[np.lexsort((self.world.crowd.slot[inside], home[inside]))][::-1]
            first[home[order]] = order
            self._first = first
        return self._first


def write(folder: Path, rows: list[dict[str, Any]]) -> None:
    """Write truth.parquet, the same bytes for the same rows."""
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(rows, SCHEMA), folder / "truth.parquet", compression="zstd")


def summary(findings: dict[str, Finding]) -> dict[str, int]:
    """How many subjects answer yes, per indicator."""
    return {indicator: len(finding.rows) for indicator, finding in sorted(findings.items())}
