"""What is said of this room's tables (base.trust)."""

from wenhou.base.trust import INSERT, STAFF, UPDATE, Kept, place, through
from wenhou.policy.models import DryRun, Proposal, ProposalEvent, PublishedSet

KEPT = {
    DryRun: Kept(through("proposal"), INSERT | UPDATE, digested=frozenset({"effects"})),
    Proposal: Kept(place("division", reaching=True), INSERT | UPDATE),
    ProposalEvent: Kept(through("proposal"), INSERT),
    PublishedSet: Kept(STAFF, INSERT, digested=frozenset({"content"})),
}
