"""Why: one subject's answer as a tree of reasons, every value taken from the plan's own columns.

The plan must be made with `explain=True`, so that each part of each formula is a column; nothing is reckoned here.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from wenhou.engine import phrases
from wenhou.engine.declared import Fact, Link, Rule, Standard
from wenhou.engine.faults import PlanFault
from wenhou.engine.nodes import Agg, Found, Get, Is, Lit, Mine, Node, Op, Ref, Together, Value
from wenhou.engine.plan import Plan
from wenhou.engine.reasons import (
    KNOWN,
    NO,
    UNKNOWN,
    UNTOLD,
    YES,
    Gap,
    Reason,
    answer_of,
    from_json,
    gaps,
    missing,
    to_json,
)
from wenhou.engine.warm import Answers, Row

__all__ = ["Gap", "Reason", "from_json", "gaps", "missing", "to_json", "tree", "trees"]


def tree(plan: Plan, answers: Answers, name: str, key: int) -> Reason:
    """Reasons of one name (or indicator's code) for one person or household key.

    Raises PlanFault where the plan does not explain, does not answer the name, or the subject was not among the rows.
    """
    return trees(plan, answers, [(name, key)])[name, key]


def trees(plan: Plan, answers: Answers, asked: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Reason]:
    """Reasons of several (name, key), what they share told once."""
    teller = _Teller(plan, answers)
    return {(name, key): teller.tree(name, key) for name, key in asked}


class _Teller:
    """Walks trees over the rows of one answer. Equal parts of the same subject are told once."""

    def __init__(self, plan: Plan, answers: Answers) -> None:
        self._plan, self._book, self._answers = plan, plan.book, answers
        self._told: dict[tuple[str, str, int], Reason] = {}

    def tree(self, name: str, key: int) -> Reason:
        name = self._book.codes.get(name, name)
        known = self._book[name]
        if (
            not self._plan.explains
            or isinstance(known, Link)
            or (known.entity, name) not in self._plan.columns
        ):
            raise PlanFault(f"这份计划不能解释“{name}”：请用 explain=True 并把它列入 wanted。")
        rows = self._answers.persons if known.entity == "person" else self._answers.households
        if key not in rows:
            raise PlanFault(f"没有编号为 {key} 的{'人' if known.entity == 'person' else '户'}。")
        return self.tell(Ref(name, known.entity, known.unit), known.entity, rows[key], rows[key])

    def tell(self, node: Node, entity: str, row: Row, mine: Row) -> Reason:
        """mine: the row of whoever folds, inside a group; else the same row."""
        match node:
            case Ref():
                return self._declared(node, entity, row)
            case Lit(value=value):
                return self._reason("value", "", node, value, entity, row)
            case Op():
                return self._operator(node, entity, row, mine)
            case Agg():
                return self._aggregate(node, entity, row)
            case Get():
                return self._get(node, row)
            case Mine(node=inner):
                return self.tell(inner, "person" if "person" in mine else "household", mine, mine)
        return self._about_link(node, entity, row, mine)

    def _reason(
        self, kind: str, name: str, node: Node, value: Value, entity: str, row: Row, **more: Any
    ) -> Reason:
        return Reason(
            kind=kind,
            name=name,
            label=more.pop("label", None) or self._label(node),
            answer=more.pop("answer", None) or answer_of(value, node.unit),
            value=value,
            shown=more.pop("shown", None) or phrases.shown(value, node.unit),
            unit=node.unit,
            subject=(entity, row[entity]),
            **more,
        )

    def _computed(self, kind: str, name: str, node: Node, entity: str, row: Row, **more: Any) -> Reason:
        value, answer = self._value(node, entity, row)
        if answer == UNTOLD:
            more["shown"] = "—"
        return self._reason(kind, name, node, value, entity, row, answer=answer, **more)

    def _label(self, node: Node) -> str:
        """Labels of a plan's formulas are composed once; references and links are named by the book."""
        if isinstance(node, Ref):
            return phrases.label(self._book, node)
        notes = self._plan.labels
        if id(node) not in notes:
            notes[id(node)] = phrases.label(self._book, node)
        return notes[id(node)]

    def _value(self, node: Node, entity: str, row: Row) -> tuple[Value, str]:
        """The column's value and answer; a part without a column is untold."""
        places = self._plan.places  # by identity: a formula's parts live as long as the plan, and hash slowly
        if (entity, id(node)) not in places:
            places[entity, id(node)] = self._plan.seen.get((entity, node))
        column = places[entity, id(node)]
        if column is None:
            return None, UNTOLD
        return row.get(column), answer_of(row.get(column), node.unit)

    def _declared(self, ref: Ref, entity: str, row: Row) -> Reason:
        if ref.entity == "household" and entity == "person":
            row = self._answers.households.get(row["household"], {"household": row["household"]})
        at = (ref.entity, ref.name, row[ref.entity])
        if at not in self._told:
            self._told[at] = self._tell_declared(ref, row)
        return self._told[at]

    def _tell_declared(self, ref: Ref, row: Row) -> Reason:
        known, value = self._book[ref.name], row.get(ref.name)
        match known:
            case Fact(sources=sources):
                return self._reason("fact", ref.name, ref, value, ref.entity, row, sources=sources)
            case Standard():
                return self._reason("standard", ref.name, ref, value, ref.entity, row)
        assert isinstance(known, Rule)
        version, (_, formula) = self._plan.versions[ref.name], self._plan.trees[ref.name]
        inner = self.tell(formula, ref.entity, row, row)
        law = "" if version.law is None else str(version.law)
        sources = known.watch.sources if known.watch else ()
        return self._reason(
            "rule", ref.name, ref, value, ref.entity, row, label=version.label, law=law, sources=sources, children=(inner,)
        )  # fmt: skip

    def _operator(self, node: Op, entity: str, row: Row, mine: Row) -> Reason:
        parts = tuple(self.tell(arg, entity, row, mine) for arg in node.args)
        value = self._value(node, entity, row)[0]
        shown = phrases.part_shown(node, value, tuple(part.value for part in parts))
        return self._computed(node.op, node.op, node, entity, row, children=parts, shown=shown)

    def _get(self, node: Get, row: Row) -> Reason:
        other = self._answers.persons.get(row.get(node.link) or 0)
        if other is None:
            child = self._link(node.link, row, found=False)
        else:
            child = self.tell(node.item, "person", other, other)
        return self._computed("get", node.link, node, "person", row, children=(child,))

    def _link(self, link: str, row: Row, *, found: bool) -> Reason:
        ref = Ref(link, "person", "count")
        shown = "已找到" if found else "没有登记或不在册"
        return self._reason(
            "link", link, ref, row.get(link), "person", row, answer=KNOWN if found else UNKNOWN, shown=shown
        )

    def _about_link(self, node: Node, entity: str, row: Row, mine: Row) -> Reason:
        """Found, Together and Is: whether somebody is known, lives here, or is the one."""
        assert isinstance(node, Found | Together | Is)
        children: tuple[Reason, ...] = ()
        if node.link is not None:
            holder = mine if isinstance(node, Is) else row
            known = holder.get(node.link)
            found = known is not None if isinstance(node, Is) else known in self._answers.persons
            children = (self._link(node.link, holder, found=found),)
        return self._computed("link_test", node.link or "", node, entity, row, children=children)

    def _aggregate(self, node: Agg, entity: str, row: Row) -> Reason:
        home = "household" if node.group == "members" else "person"
        if home != entity:
            row = self._answers.households.get(row["household"], {"household": row["household"]})
        people = tuple(self._element(node, one, row) for one in self._people(node.group, row))
        return self._computed("aggregate", node.how, node, home, row, children=people)

    def _people(self, group: str, row: Row) -> list[Row]:
        everybody = self._answers.persons.values()
        if group == "members":
            return [one for one in everybody if one["household"] == row["household"]]
        if group == "housemates":
            here = row["household"]
            return [one for one in everybody if one["household"] == here and one["person"] != row["person"]]
        link = self._book[group]
        assert isinstance(link, Link)
        return [one for one in everybody if any(one.get(way) == row["person"] for way in link.inverse_of)]

    def _element(self, node: Agg, one: Row, row: Row) -> Reason:
        where = None if node.where is None else self.tell(node.where, "person", one, row)
        value = None if node.value is None else self.tell(node.value, "person", one, row)
        parts = tuple(part for part in (where, value) if part is not None)
        held = node.value if node.value is not None else Lit(True, "bool")
        excluded = where is not None and where.answer == NO
        return self._reason(
            "person", node.group, held, value.value if value else None, "person", one,
            label=f"{phrases.group(self._book, node.group)} {one['person']}",
            shown="不计入" if excluded else value.shown if value else "计入" if not where else where.shown,
            answer=_weight(node.how, where, value), children=parts,
        )  # fmt: skip


def _weight(how: str, where: Reason | None, value: Reason | None) -> str:
    """Whether it is this person's unknown that may leave the aggregate open."""
    included = YES if where is None else where.answer
    amount = KNOWN if value is None else value.answer
    if included == NO:
        return KNOWN
    if value is not None and amount == {"any": NO, "count": NO, "all": YES}.get(how):
        return amount
    return next((open_ for open_ in (UNKNOWN, UNTOLD) if open_ in (included, amount)), amount)


def parts(reason: Reason) -> Mapping[str, Reason]:
    """Every declared name in a tree with its reason, the first met of each."""
    found: dict[str, Reason] = {}
    waiting = [reason]
    while waiting:
        one = waiting.pop(0)
        if one.kind in ("rule", "fact", "standard"):
            found.setdefault(one.name, one)
        waiting.extend(one.children)
    return found
