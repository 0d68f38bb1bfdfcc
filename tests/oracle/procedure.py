"""§2 近亲属、投诉 (§11, §20); §3 and §2 再公示; 授权."""

from oracle.case import Case
from oracle.composition import all_members
from oracle.logic import Answer, both, either, no


def must_be_visited(case: Case) -> Answer:
    """近亲属备案、投诉举报件: 县级必须入户."""
    return either(case["has_kin_in_office"], case["has_complaint"])


def may_be_confirmed(case: Case) -> Answer:
    """§17-15: 县级无入户记录不得确认."""
    return either(no(must_be_visited(case)), case["is_visited_by_county"])


def must_republish_tekun(case: Case) -> Answer:
    """§17-14: 特困必须再公示7天."""
    return case["has_publicity_objection"]


def must_republish_dibao(case: Case) -> Answer:
    """§17-14: 低保直接上报（默认可选再公示）."""
    return both(case["has_publicity_objection"], case.number("republishes_dibao"))


def is_authorised(case: Case) -> Answer:
    """计入的成年成员都有有效授权."""
    return all_members(case, lambda one: either(one.is_minor, one["is_authorised"]))
