from django.db.models import TextChoices


class ProposalState(TextChoices):
    """Where a proposed value stands between its maker and its checker."""

    DRAFT = "草拟", "草拟"
    WAITING = "待批", "待批"
    APPROVED = "已批", "已批"
    RETURNED = "退回", "退回"
    WITHDRAWN = "撤回", "撤回"


CHANGEABLE = (ProposalState.DRAFT, ProposalState.RETURNED)
DECIDED = (ProposalState.APPROVED, ProposalState.RETURNED)


class DryRunState(TextChoices):
    """How far the reckoning of a proposal's effects is."""

    QUEUED = "queued", "排队"
    RUNNING = "running", "正在试算"
    DONE = "done", "算好了"
    FAILED = "failed", "没有算成"
