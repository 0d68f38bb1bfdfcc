"""Whom it concerns that the lake and the registry are no longer what somebody saw."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from wenhou.base.errors import WenhouError
from wenhou.linkage import naming
from wenhou.linkage.drawing import HOUSEHOLDS, PEOPLE, REGISTER, made_of, resting_on
from wenhou.linkage.filling import LINKS
from wenhou.linkage.naming import CASES, NUMBERS
from wenhou.linkage.nearby import beside, is_shared
from wenhou.linkage.seen import VISITS, Seen, SeenPart
from wenhou.linkage.speaking import Changed, turned
from wenhou.linkage.whole import SCHEMA, VISITED, Whole, file

STANDARDS = "SA-STD"
TOUCHED, HOMES = "touched", "touched_homes"
ALL = (PEOPLE, HOUSEHOLDS)
"""What every answer rests on: who there is, and who lives with whom."""


class Everybody(WenhouError):
    """It cannot be said whom it concerns, or it concerns too many: ask about everybody. The message says why."""


@dataclass(frozen=True)
class Touched:
    """facts: those that may be others than they were. The connection's tables `touched` (person) and `touched_homes`
    (household) hold whose they may be; of a household touched it is every member's."""

    facts: frozenset[str]
    everything: bool
    """People came, went or moved: whatever was reckoned of those touched may be otherwise."""


def find(before: Seen, lake: Whole, *, as_of: date, drawn: Collection[str], most: float) -> Touched:
    """What changed since `before`. drawn: contracts and published tables that anything asked rests on; others may
    change. most: the share of all people beyond which it concerns everybody. Raises Everybody.
    """
    found = _Finding(before, lake, frozenset(drawn), most)
    found.look(as_of)
    return found.told()


class _Finding:
    def __init__(self, before: Seen, lake: Whole, drawn: frozenset[str], most: float) -> None:
        self._before, self._lake, self._drawn = before, lake, drawn
        self._run = lake.connection.execute
        self._limit = most * self._count(f"{SCHEMA}.people")
        self._changed: set[str] = set()
        self._turned: set[str] = set()

    def look(self, as_of: date) -> None:
        self._run(f"create temp table {TOUCHED} (person bigint primary key)")
        self._run(f"create temp table {HOMES} (household bigint primary key)")
        self._run(f"create temp table {NUMBERS} (county varchar, household_no varchar)")
        self._run(f"create temp table {CASES} (case_no varchar)")
        moved = self._moved()
        self._coverage(moved, as_of)
        for contract, parts in moved.items():
            self._contract(contract, parts)
        for name in (PEOPLE, HOUSEHOLDS, REGISTER):
            self._registry(name)
        self._visits()
        self._cases()
        self._numbers()
        self._beside()
        self._households()

    def told(self) -> Touched:
        self._run(f"drop table {NUMBERS}")
        self._run(f"drop table {CASES}")
        return Touched(resting_on(self._changed) | self._turned, everything=not self._changed.isdisjoint(ALL))

    def _moved(self) -> dict[str, list[SeenPart]]:
        """Parts that came, and those that count no longer or count again, of contracts that matter."""
        now = self._lake.seen
        if self._before.parts.keys() - now.parts.keys():
            raise Everybody("有以前装入的批次已不在库中")
        if self._before.same != now.same:
            raise Everybody("有人被认定为同一人，或撤回了认定")
        moved: dict[str, list[SeenPart]] = defaultdict(list)
        for part in now.parts.values():
            known = self._before.parts.get(part.delivery)
            if known is None or known.state != part.state:
                moved[part.contract].append(part)
        if STANDARDS in moved:
            raise Everybody("有新的保障标准")
        return {contract: parts for contract, parts in moved.items() if contract in self._drawn}

    def _coverage(self, moved: Collection[str], as_of: date) -> None:
        """Facts of people in places for which a source now speaks, or speaks no longer."""
        for one in turned(self._before, self._lake, moved, as_of=as_of):
            self._turned.update(one.facts)
            self._place(one)

    def _place(self, one: Changed) -> None:
        homes = f"select household from {SCHEMA}.households where {one.at('division')}"
        self._touch(f"select person from {SCHEMA}.people where {one.at('place')} or household in ({homes})")
        self._touch_homes(f"{homes} or {one.at('hukou_county')}")

    def _contract(self, contract: str, parts: list[SeenPart]) -> None:
        self._changed.add(contract)
        table = self._lake.table(contract)
        rows = self._lake.every(contract, parts)
        self._rows(contract, rows)
        if set(table.person_columns) <= set(table.key) and not naming.has(table, "case_no"):
            return  # rows of one key are about the same people
        key = ", ".join(f'"{name}"' for name in table.key)
        keys = f"select distinct {key} from ({rows})"
        every = self._lake.every(contract, self._lake.parts[contract])
        self._rows(contract, f"{every} semi join ({keys}) using ({key})")

    def _rows(self, contract: str, rows: str) -> None:
        table = self._lake.table(contract)
        self._touch(naming.people(table, rows))
        if naming.has(table, "case_no"):
            self._run(f"insert into {CASES} {naming.cases(table, rows)}")
        if naming.is_numbered(table):
            self._run(f"insert into {NUMBERS} {naming.numbers(rows)}")

    def _registry(self, name: str) -> None:
        before, now = self._before.published(name), self._lake.seen.published(name)
        if before is not None and now is not None and before.samefile(now):
            return
        rows = _differing(file(before), f"{SCHEMA}.{name}")
        self._run(f"create temp table differing as {rows}")
        if self._count("differing"):
            self._changed.add(name)
            if name == REGISTER:
                self._touch(naming.people(self._lake.table("SA-ARCH"), "select * from differing"))
            elif name == PEOPLE:
                kin = ", ".join(("person", *LINKS))  # whoever is their kin no longer, too
                self._touch(f"select unnest([{kin}]) as person from differing")
            self._touch_homes("select household from differing")
        self._run("drop table differing")

    def _visits(self) -> None:
        """The product's own visits."""
        before, now = self._before.published(VISITS), self._lake.seen.published(VISITS)
        if now is None or VISITED not in self._drawn:
            return
        old = file(before) if before else f"(select * from {file(now)} where false)"
        self._run(f"create temp table differing as {_differing(old, file(now))}")
        if self._count("differing"):
            self._changed.add(VISITED)
            self._touch("select id_no as person from differing where id_no is not null")
        self._run("drop table differing")

    def _cases(self) -> None:
        """Everybody whom a row of a case names of which some row is new."""
        if not self._count(CASES):
            return
        for contract in ("SA-CASE", "SA-CHK"):
            table, history = self._lake.table(contract), self._lake.history(contract)
            rows = f"select * from ({history}) semi join {CASES} using (case_no)"
            self._touch(naming.people(table, rows))
            if naming.is_numbered(table):
                self._run(f"insert into {NUMBERS} {naming.numbers(rows)}")

    def _numbers(self) -> None:
        if not self._count(NUMBERS):
            return
        number = "(substr(division_code, 1, 6), household_no)"
        for register in (f"{SCHEMA}.register", file(self._before.published(REGISTER))):
            self._touch_homes(
                f"select household from {register}"
                f" where {number} in (select (county, household_no) from {NUMBERS})"
            )

    def _beside(self) -> None:
        """Whoever stands in a row with somebody touched, among what the facts concerned are made of."""
        drawn = made_of(resting_on(self._changed)).names & self._drawn
        shared = [name for name in sorted(drawn) if is_shared(self._lake, name)]
        if not shared:
            return
        self._run(f"create temp view {naming.PEOPLE} as select person from {TOUCHED}")
        self._run(f"create temp table beside as {' union '.join(beside(self._lake, n) for n in shared)}")
        self._run(f"drop view {naming.PEOPLE}")
        self._touch("select person from beside")
        self._run("drop table beside")

    def _households(self) -> None:
        self._touch_homes(f"select household from {SCHEMA}.people semi join {TOUCHED} using (person)")
        self._touch(f"select person from {SCHEMA}.people semi join {HOMES} using (household)")

    def _touch(self, people: str) -> None:
        self._run(f"insert or ignore into {TOUCHED} select person from ({people}) where person is not null")
        if self._count(TOUCHED) > self._limit:
            raise Everybody("涉及的人太多，逐户重看不如全部重看")

    def _touch_homes(self, homes: str) -> None:
        self._run(
            f"insert or ignore into {HOMES} select household from ({homes}) where household is not null"
        )

    def _count(self, table: str) -> int:
        found = self._run(f"select count(*) from {table}").fetchone()
        return int(found[0]) if found else 0


def _differing(before: str, now: str) -> str:
    old, new = f"select * from {before}", f"select * from {now}"
    return f"({old} except all {new}) union all ({new} except all {old})"
