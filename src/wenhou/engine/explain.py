"""Why: one subject's answer as a tree of reasons, told while the answer was read."""

from collections.abc import Iterable

from wenhou.engine.declared import Link
from wenhou.engine.faults import PlanFault
from wenhou.engine.plan import Plan
from wenhou.engine.reading import Answers
from wenhou.engine.reasons import Gap, Reason, from_json, gaps, missing, to_json

__all__ = ["Gap", "Reason", "from_json", "gaps", "missing", "to_json", "tree", "trees"]


def tree(plan: Plan, answers: Answers, name: str, key: int) -> Reason:
    """Reasons of one name (or indicator's code) for one person or household key.

    name: any that the plan answers or that an answer rests on. Raises PlanFault for others, where the subject was not
    among the rows, and where the answers are a batch's.
    """
    name = plan.book.codes.get(name, name)
    known = plan.book[name]
    if isinstance(known, Link) or name not in plan.rests_on:
        raise PlanFault(f"这份计划不能解释“{name}”：请把它列入 wanted。")
    if answers.told is None:
        raise PlanFault("批量算出的答案没有理由可讲；请用 run.one 读这一户。")
    told = answers.told.get((known.entity, key))
    if told is None:
        raise PlanFault(f"没有编号为 {key} 的{'人' if known.entity == 'person' else '户'}。")
    return told[name]


def trees(plan: Plan, answers: Answers, asked: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Reason]:
    """Reasons of several (name, key); what they share is the same object."""
    return {(name, key): tree(plan, answers, name, key) for name, key in asked}
