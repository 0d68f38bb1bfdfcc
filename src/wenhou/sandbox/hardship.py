"""Which families live in hardship that nobody knows of: what a visit finds and no file says.

Drawn once for a place, beside the truth, from what makes such hardship likely in life: illness and disability, living alone
or raising children alone, work lost, little to live on, a remote town; and from debts, which no department tells. No
indicator, weight or alert has a part in it. How likely is set so that of the families that any indicator concerns, one in
six is found in hardship newly: a family that 低保 or 特困 already covers cannot be.
"""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from wenhou.sandbox.crowd import NEVER
from wenhou.sandbox.oracle.view import LOW_INCOME, Finding, View
from wenhou.sandbox.tables import Printer

NEWLY_FOUND = 1 / 6
"""Of the families concerned, in the mean."""
WEIGHTS = {
    "ill": 1.3,  # 10,000 yuan of own payments this year
    "gravely_ill": 0.9,  # and another 10,000
    "disabled": 0.8,  # somebody of level one or two
    "lone_elder": 1.1,
    "lone_parent": 0.9,
    "jobless": 0.8,
    "penniless": 0.9,  # less than half the line a head that can be seen
    "well_off": -1.6,  # twice the line and more
    "remote": 0.7,
    "in_debt": 1.4,
    "widowed": 0.4,
}
"""On the logistic scale, each added where it holds."""
SCHEMA = pa.schema(
    [
        ("id_no", pa.string()),
        ("family", pa.string()),
        ("on_register", pa.bool_()),
        ("remote", pa.bool_()),
        ("chance", pa.float64()),
        ("in_hardship", pa.bool_()),
    ]
)


def draw(view: View, findings: dict[str, Finding], printer: Printer, seed: int) -> pa.Table:
    """A row a person who belongs to a family; `family` the number of the family, `chance` how likely hardship was."""
    rng = np.random.default_rng([seed, view.clock.today, 6])
    held = circumstances(view, rng)
    score = sum(weight * held[name] for name, weight in WEIGHTS.items())
    known = view.in_home(view.on(*LOW_INCOME)) > 0
    chance = _settled(np.asarray(score), known, _concerned(view, findings))
    found = rng.random(len(chance)) < chance
    people = np.flatnonzero((view.home >= 0) & view.living)
    home = view.home[people]
    columns = [
        pa.array(view.crowd.numbers[people]).cast(pa.string()),
        printer.houses(view.home_codes[home]),
        *(pa.array(values[home]) for values in (known, held["remote"], np.round(chance, 6), found)),
    ]
    return pa.table(columns, schema=SCHEMA)


def circumstances(view: View, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Per home: what of `WEIGHTS` holds."""
    owed = view.sum_home(view.owed_this_year)
    grown = view.in_home(view.living & (view.age >= 18))
    minors = view.in_home(view.living & (view.age < 18))
    elders = view.in_home(view.living & (view.age >= 65))
    registered = view.ledgers.word("DI15", "status", "登记")
    jobless = view.in_home(view.mark(view.ledgers.column("DI15", "id_no")[registered]) & view.living) > 0
    spouse = view.crowd.spouse
    widowed = (spouse >= 0) & (view.crowd.died[spouse] != NEVER) & view.living
    held = {
        "ill": owed >= 1_000_000,
        "gravely_ill": owed >= 2_000_000,
        "disabled": view.in_home(np.isin(view.level, (1, 2)) & view.living) > 0,
        "lone_elder": (view.size == 1) & (elders == 1),
        "lone_parent": (grown == 1) & (minors > 0),
        "jobless": jobless,
        "penniless": view.poor(50),
        "well_off": ~view.poor(200),
        "remote": _remote(view),
        "widowed": view.in_home(widowed) > 0,
    }
    likely = 0.08 + 0.22 * held["ill"] + 0.12 * held["jobless"] + 0.08 * held["remote"]
    return held | {"in_debt": rng.random(len(view.home_codes)) < likely}


def _remote(view: View) -> np.ndarray:
    """The two last towns of the county's list that are rural."""
    codes = view.world.places.codes
    towns = sorted({codes[row][:9] for row in view.world.places.rural_rows.tolist()})[-2:]
    far = np.array([code[:9] in towns for code in codes])
    return view.in_home(far[view.crowd.lives[view.crowd.house]]) > 0


def _concerned(view: View, findings: dict[str, Finding]) -> np.ndarray:
    """Per home: any indicator holds for it or for one of its people."""
    found = np.zeros(len(view.home_codes), dtype=bool)
    for finding in findings.values():
        home = finding.rows if finding.kind == "household" else view.home[finding.rows]
        found[home[home >= 0]] = True
    return found


def _settled(score: np.ndarray, known: np.ndarray, concerned: np.ndarray) -> np.ndarray:
    """Chances, shifted so that `NEWLY_FOUND` of the families concerned are in hardship and not known."""
    low, high = -12.0, 6.0
    for _ in range(40):
        middle = (low + high) / 2
        chance = np.where(known, 0.0, 1 / (1 + np.exp(-(score + middle))))
        if chance[concerned].mean() < NEWLY_FOUND:
            low = middle
        else:
            high = middle
    return np.asarray(chance)


def write(folder: Path, table: pa.Table) -> None:
    """hardship.parquet beside the truth."""
    pq.write_table(table, folder / "hardship.parquet", compression="zstd")
