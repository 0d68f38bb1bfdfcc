"""Freezing what a verdict rested on: the tree of reasons, and exactly the rows behind its facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wenhou.engine import explain, run
from wenhou.engine import plan as plans
from wenhou.engine.reasons import Reason, to_json
from wenhou.lake.schema import PERSON_KEYS
from wenhou.linkage import facts
from wenhou.linkage.facts import Evidence
from wenhou.linkage.sources import Views
from wenhou.monitoring import steps, surroundings
from wenhou.monitoring.comparing import Finding
from wenhou.monitoring.verdicts import Verdicts

AT_ONCE = 200  # subjects whose rows are fetched together
MANY = 4000  # trees held while their rows are fetched
MOST_ROWS = 200  # rows of evidence kept with one judgement

WITHHELD = {"SA-CLUE": frozenset({"channel"})}
"""Fields that tell who reported: an alert's evidence is not where that is read."""

FactOf = tuple[str, int]  # fact, person or household key
Wanted = dict[str, dict[str, set[int]]]  # fact → entity → keys


@dataclass(frozen=True)
class Frozen:
    """A finding's tree and evidence, ready to be stored."""

    tree: dict[str, Any]
    evidence: list[dict[str, Any]]


def freeze(verdicts: Verdicts, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Frozen]]:
    """Every finding with what its verdict rested on. Each fact's rows are fetched once for many findings."""
    several = list(findings)
    for start in range(0, len(several), MANY):
        trees = list(_trees(verdicts, several[start : start + MANY]))
        wanted = _wanted(tree for _, tree in trees)
        sources = verdicts.behind(
            wanted, persons=_all(wanted, "person"), households=_all(wanted, "household")
        )
        rows = _rows(sources, verdicts.as_of, wanted)
        until = _counted_until(sources, verdicts.as_of, wanted)
        for finding, tree in trees:
            told = _put_back(to_json(tree, once=True), until) if until else to_json(tree, once=True)
            yield finding, Frozen(told, _evidence(tree, rows))


def _trees(verdicts: Verdicts, findings: Iterable[Finding]) -> Iterator[tuple[Finding, Reason]]:
    by_code: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_code[finding.indicator].append(finding)
    for code, several in by_code.items():
        plan = plans.make(as_of=verdicts.as_of, wanted=[code])
        for start in range(0, len(several), AT_ONCE):
            yield from _explained(verdicts, plan, several[start : start + AT_ONCE])


def _explained(verdicts: Verdicts, plan: plans.Plan, some: list[Finding]) -> Iterator[tuple[Finding, Reason]]:
    homes = {finding.household for finding in some if finding.household is not None}
    alone = {finding.key for finding in some if finding.household is None}
    answers = run.one(plan, surroundings.rows(verdicts, plan, households=homes, persons=alone))
    for finding in some:
        yield finding, explain.tree(plan, answers, finding.indicator, finding.key)


def _wanted(trees: Iterable[Reason]) -> Wanted:
    wanted: Wanted = defaultdict(lambda: defaultdict(set))
    for tree in trees:
        for name, (entity, key) in _leaves(tree):
            wanted[name][entity].add(key)
    return wanted


def _all(wanted: Wanted, entity: str) -> set[int]:
    return {key for keys in wanted.values() for key in keys[entity]}


def _rows(sources: Views, as_of: date, wanted: Wanted) -> dict[FactOf, list[Evidence]]:
    """The rows of every fact that the trees name, by fact and subject."""
    found: dict[FactOf, list[Evidence]] = defaultdict(list)
    for name, keys in wanted.items():
        rows = facts.evidence(
            sources,
            as_of=as_of,
            facts=[name],
            persons=keys["person"],
            households=keys["household"],
        )
        for row in rows:
            found[name, row.subject].append(row)
    return found


def _counted_until(sources: Views, as_of: date, wanted: Wanted) -> dict[FactOf, date]:
    """Up to which day months were counted where a file is late, by fact and subject."""
    return {
        (name, key): day
        for name, keys in wanted.items()
        for key, day in facts.counted_until(
            sources,
            as_of=as_of,
            fact=name,
            persons=keys["person"],
            households=keys["household"],
        ).items()
    }


def _put_back(node: dict[str, Any], until: Mapping[FactOf, date]) -> dict[str, Any]:
    """The tree with that day at each such fact."""
    children = [_put_back(child, until) for child in node["children"]]
    day = until.get((node["name"], node["subject"][1])) if node["kind"] == "fact" else None
    return {**node, "children": children} | ({"until": day.isoformat()} if day else {})


def _leaves(tree: Reason) -> Iterator[tuple[str, tuple[str, int]]]:
    """The facts of a tree with whose they are, each once."""
    found: dict[tuple[str, tuple[str, int]], None] = {}
    seen: set[int] = set()
    waiting = [tree]
    while waiting:
        reason = waiting.pop()
        if id(reason) in seen:
            continue
        seen.add(id(reason))
        if reason.kind == "fact":
            found[reason.name, reason.subject] = None
        waiting.extend(reversed(reason.children))
    return iter(found)


def _evidence(tree: Reason, rows: Mapping[FactOf, list[Evidence]]) -> list[dict[str, Any]]:
    """Rows behind a tree, each once, without identity numbers; those of facts told first come first."""
    kept: dict[tuple[str, int, int], dict[str, Any]] = {}
    for name, (_, key) in _leaves(tree):
        for row in rows.get((name, key), ()):
            place = (row.contract, row.delivery, row.line)
            one = kept[place] if place in kept else kept.setdefault(place, _row(row))
            one["facts"] = sorted({*one["facts"], name})
    return list(kept.values())[:MOST_ROWS]


def _row(row: Evidence) -> dict[str, Any]:
    hidden = {*PERSON_KEYS, *WITHHELD.get(row.contract, ())}
    return {
        "contract": row.contract,
        "delivery": row.delivery,
        "line": row.line,
        "person": row.fields.get("id_no", row.subject),
        "fields": {name: steps.plain(value) for name, value in row.fields.items() if name not in hidden},
        "facts": [],
    }
