"""What the procedure demands before a determination is confirmed."""

from wenhou.engine import household, rule
from wenhou.policy import law


@rule(household, law=law.Articles((law.DIBAO["11"], law.DIBAO["20"])))
def must_be_visited_by_county(has_kin_in_office, has_complaint):
    """县级必须入户.

    与经办或村居干部近亲属的备案件、投诉举报件。
    """
    return has_kin_in_office | has_complaint


@rule(household, law=law.DIBAO["20"], determines=True)
def may_be_confirmed(must_be_visited_by_county, is_visited_by_county):
    """可以确认.

    须县级入户的已经入户；不问类别。
    """
    return ~must_be_visited_by_county | is_visited_by_county


@rule(household, law=law.TEKUN["13-18"])
def must_republish_tekun(has_publicity_objection):
    """特困须再公示.

    公示有异议并已重查的，重出意见后必须再公示7天。
    """
    return has_publicity_objection


@rule(household, law=law.DIBAO["19"])
def must_republish_dibao(has_publicity_objection, republishes_dibao):
    """低保须再公示.

    公示有异议并已重查的直接上报；当地要求再公示的除外。
    """
    return has_publicity_objection & republishes_dibao
