"""A proposed value of a standard, and what was done about it."""

from django.db import models
from django.db.models import F, Q

from wenhou.policy.enums import DECIDED, ProposalState

LONGEST = {"value": 200, "document": 80, "title": 120, "article": 60, "note": 400, "reason": 400}
"""Characters of what people write."""

_DECIDED = [str(state) for state in DECIDED]


class Proposal(models.Model):
    """A value somebody proposes for a place from a day on, in the words of `standards/*.yaml`.

    Maker and checker are two. Once approved it is part of the standards and never changes again.
    """

    name = models.CharField(max_length=80, help_text="the standard's name in code")
    division = models.CharField(max_length=12, help_text="significant prefix of 2 to 12 digits")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="last day; empty until the next row")
    value = models.CharField(max_length=LONGEST["value"], help_text="as a YAML file says it, e.g. 765.00")
    unit = models.CharField(max_length=10, help_text="as a YAML file says it, e.g. 元/月")
    document = models.CharField(max_length=LONGEST["document"], help_text="its number")
    title = models.CharField(max_length=LONGEST["title"])
    article = models.CharField(max_length=LONGEST["article"], blank=True)
    provisional = models.BooleanField(default=False)
    review_by = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=LONGEST["note"], blank=True)
    revision = models.PositiveIntegerField(default=1, help_text="grows with every change of what is proposed")
    state = models.CharField(max_length=4, choices=ProposalState.choices, default=ProposalState.DRAFT)
    proposed_by = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="proposals")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        "staff.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="decided_proposals"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=LONGEST["reason"], blank=True, help_text="the checker's words")
    dry_run = models.ForeignKey(
        "policy.DryRun", null=True, blank=True, on_delete=models.PROTECT, related_name="+",
        help_text="what the checker saw, frozen",
    )  # fmt: skip

    class Meta:
        db_table = "policy_proposal"
        indexes = [
            models.Index(fields=["name", "division", "since"], name="policy_proposal_place"),
            models.Index(fields=["state", "-proposed_at"], name="policy_proposal_state"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["name", "division", "since"],
                condition=Q(state=ProposalState.APPROVED.value),
                name="policy_proposal_approved_once",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("proposed_by")),
                name="policy_proposal_two_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=_DECIDED, decided_by__isnull=False, decided_at__isnull=False)
                | (~Q(state__in=_DECIDED) & Q(decided_by__isnull=True, decided_at__isnull=True, reason="")),
                name="policy_proposal_decided_in_full",
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.APPROVED.value, dry_run__isnull=False)
                | (~Q(state=ProposalState.APPROVED.value) & Q(dry_run__isnull=True)),
                name="policy_proposal_seen_before",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="policy_proposal_term"
            ),
            models.CheckConstraint(
                condition=Q(provisional=False) | Q(review_by__isnull=False), name="policy_proposal_reviewed"
            ),
            models.CheckConstraint(
                condition=~Q(state=ProposalState.RETURNED.value) | ~Q(reason=""),
                name="policy_proposal_told_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.division} {self.since}"


class ProposalEvent(models.Model):
    """One line of a proposal's history, with what was proposed at that moment. Append-only."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(
        max_length=12, help_text="proposed, revised, submitted, approved, returned, withdrawn, reckoned"
    )
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Account", on_delete=models.PROTECT)
    note = models.CharField(max_length=400, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "policy_proposal_event"
        indexes = [models.Index(fields=["proposal", "-at"], name="policy_proposal_event_of")]

    def __str__(self) -> str:
        return f"{self.proposal_id} {self.kind}"
