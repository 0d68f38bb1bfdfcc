from wenhou.policy.models.dry_run import DryRun
from wenhou.policy.models.proposal import Proposal, ProposalEvent
from wenhou.policy.models.published_set import PublishedSet

__all__ = ["DryRun", "Proposal", "ProposalEvent", "PublishedSet"]
