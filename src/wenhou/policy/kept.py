"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, PUBLIC, UPDATE, Kept, holds, place, through
from wenhou.policy.enums import ProposalState
from wenhou.policy.models import DryRun, Proposal, ProposalEvent, PublishedSet

IN_FORCE = str(ProposalState.APPROVED.value)

KEPT = {
    DryRun: Kept(through("proposal"), INSERT | UPDATE, digested=frozenset({"effects"})),
    # what is approved is the law, kept in memory for every reader
    Proposal: Kept(
        place("division", reaching=True) | holds("state", IN_FORCE),
        INSERT | UPDATE,
        written=place("division", reaching=True),
    ),
    ProposalEvent: Kept(through("proposal"), INSERT),
    PublishedSet: Kept(PUBLIC, INSERT, digested=frozenset({"content"})),
}
