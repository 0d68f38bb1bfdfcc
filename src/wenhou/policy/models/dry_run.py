"""What a proposed value would change, reckoned before anybody approves it."""

from django.db import models
from django.db.models import Q

from wenhou.policy.enums import DryRunState


class DryRun(models.Model):
    """One reckoning of one revision of a proposal, against the standards as they were. Kept as it was seen."""

    proposal = models.ForeignKey("policy.Proposal", on_delete=models.PROTECT, related_name="dry_runs")
    revision = models.PositiveIntegerField(help_text="of the proposal")
    against = models.CharField(max_length=64, help_text="SHA-256 of the standards compared with")
    state = models.CharField(max_length=8, choices=DryRunState.choices, default=DryRunState.QUEUED)
    requested_by = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    effects = models.JSONField(null=True, blank=True, help_text="policy.proposals.effects.to_json")
    why = models.CharField(max_length=400, blank=True, help_text="why it failed")

    class Meta:
        db_table = "policy_dry_run"
        indexes = [models.Index(fields=["proposal", "-id"], name="policy_dry_run_of")]
        constraints = [
            models.UniqueConstraint(
                fields=["proposal"],
                condition=Q(state__in=[DryRunState.QUEUED.value, DryRunState.RUNNING.value]),
                name="policy_dry_run_one_at_once",
            ),
            models.CheckConstraint(
                condition=Q(
                    state=DryRunState.DONE.value, effects__isnull=False, finished_at__isnull=False, why=""
                )
                | (~Q(state=DryRunState.DONE.value) & Q(effects__isnull=True)),
                name="policy_dry_run_done_in_full",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.revision} {self.state}"
