"""Proposed values: drafted, changed, submitted and withdrawn by their maker."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db import transaction

from wenhou.base.errors import NotAllowed, Refused
from wenhou.divisions import codes
from wenhou.divisions import queries as divisions
from wenhou.policy import queries
from wenhou.policy.enums import CHANGEABLE, ProposalState
from wenhou.policy.law import LAW
from wenhou.policy.models import Proposal
from wenhou.policy.models.proposal import LONGEST
from wenhou.policy.proposals import history, proposed
from wenhou.policy.standards import Row, StandardFault
from wenhou.staff import permits
from wenhou.staff.models import Account
from wenhou.staff.permits import Act


@dataclass(frozen=True)
class Content:
    """What is proposed, in the words of a YAML file: value '765.00', unit '元/月', a division's significant prefix."""

    name: str
    division: str
    since: date
    value: str
    unit: str
    document: str
    title: str = ""
    article: str = ""
    until: date | None = None
    provisional: bool = False
    review_by: date | None = None
    note: str = ""


def propose(*, content: Content, by: Account, on: date) -> Proposal:
    """A draft. Raises NotAllowed outside a post's place, Refused (StandardFault) where the row cannot be right."""
    content = _cleaned(content)
    permits.require(by, Act.PROPOSE_STANDARD, content.division, on=on)
    check(content, on=on)
    with transaction.atomic():
        made = Proposal.objects.create(
            **asdict(content), proposed_by=by, proposed_at=history.moment(on), state=ProposalState.DRAFT
        )
        history.write(made, "proposed", by=by, on=on)
    return made


def revise(*, proposal: Proposal, content: Content, by: Account, on: date) -> Proposal:
    """Other content, by the maker, while it is a draft or was sent back. What was reckoned before no longer counts."""
    content = _cleaned(content)
    with transaction.atomic():
        held = _own(proposal, by, on, CHANGEABLE, "改")
        permits.require(by, Act.PROPOSE_STANDARD, content.division, on=on)
        check(content, on=on)
        for field, value in asdict(content).items():
            setattr(held, field, value)
        held.revision += 1
        _undecided(held, ProposalState.DRAFT)
        held.save()
        history.write(held, "revised", by=by, on=on)
    return held


def submit(*, proposal: Proposal, by: Account, on: date) -> Proposal:
    """Ask for approval. Raises Refused where it no longer stands beside what holds."""
    with transaction.atomic():
        held = _own(proposal, by, on, CHANGEABLE, "送批")
        check(held, on=on)
        _undecided(held, ProposalState.WAITING)
        held.save()
        history.write(held, "submitted", by=by, on=on)
    return held


def withdraw(*, proposal: Proposal, by: Account, on: date) -> Proposal:
    """Take it back for good, before it is approved."""
    with transaction.atomic():
        held = _own(proposal, by, on, (*CHANGEABLE, ProposalState.WAITING), "撤回")
        _undecided(held, ProposalState.WITHDRAWN)
        held.save()
        history.write(held, "withdrawn", by=by, on=on)
    return held


def check(content: proposed.Worded, *, on: date) -> tuple[Row, ...]:
    """The whole set with the row proposed in it. Raises Refused or StandardFault, in one sentence."""
    row = proposed.row(content)
    divisions.find(row.division, on)
    if row.review_by is not None and row.review_by < on:
        raise Refused(f"复核日{row.review_by}已经过了，请写以后的日子。")
    local = queries.approved_rows()
    if any((one.name, one.division, one.since) == (row.name, row.division, row.since) for one in local):
        raise Refused(f"这个地方自{row.since}起的数已经批过一个，不能再批一个；请换一个起始日。")
    written = queries.written()
    try:
        return proposed.beside(written, [*local, row])
    except StandardFault as fault:
        raise Refused(f"和现有的标准重叠：{fault.message}") from fault


def _cleaned(content: Content) -> Content:
    """Blanks off; the document's title from policy/law where it stands there; a place by its significant digits."""
    told: dict[str, Any] = {
        key: value.strip() if isinstance(value, str) else value for key, value in asdict(content).items()
    }
    known = LAW.get(told["document"])
    if known is not None:
        told["title"] = known.title
    if codes.is_code(told["division"]):
        told["division"] = codes.prefix(told["division"])
    _check_lengths(told)
    return Content(**told)


def _check_lengths(told: dict[str, Any]) -> None:
    for field, limit in LONGEST.items():
        if len(told.get(field, "")) > limit:
            raise Refused(f"写得太长了：“{told[field][:12]}……”最多{limit}个字。")


def _own(proposal: Proposal, by: Account, on: date, states: tuple[ProposalState, ...], what: str) -> Proposal:
    """The row locked, where its maker may still do this."""
    held = Proposal.objects.select_for_update().get(pk=proposal.pk)
    permits.require(by, Act.PROPOSE_STANDARD, held.division, on=on)
    if held.proposed_by_id != by.pk:
        raise NotAllowed(f"不能{what}：只有提出人本人可以。")
    if held.state not in states:
        raise Refused(f"这一份已经是“{held.state}”，不能{what}。")
    return held


def _undecided(held: Proposal, state: ProposalState) -> None:
    held.state = state
    held.decided_by, held.decided_at, held.reason = None, None, ""
