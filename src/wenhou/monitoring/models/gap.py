"""A gap between what the law owes and what is had, its history, the review it opens; and the nightly comparison."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenhou.monitoring.enums import RunState
from wenhou.monitoring.gaps.enums import OPEN_GAPS, Confidence, GapConclusion, GapKind, GapState, Period
from wenhou.staff.enums import Matter


class GapRun(models.Model):
    """One comparison of all 43 items over everybody known, for one day."""

    as_of = models.DateField()
    division = models.CharField(max_length=12, blank=True, help_text="prefix; empty for everybody")
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.RUNNING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    persons = models.BigIntegerField(default=0)
    households = models.BigIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0, help_text="a gap, but a human conclusion stands")
    counts = models.JSONField(
        default=dict,
        help_text="county → item → {owed, owed_unknown, has, has_unknown, unmet, unfounded, short}",
    )
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        db_table = "monitoring_gap_run"

    def __str__(self) -> str:
        return f"{self.as_of} #{self.pk}"


class Gap(models.Model):
    """One open gap a subject and item at most. What a list row shows is kept here, masked."""

    PREFIX: ClassVar[str] = "QK"

    number = models.CharField(max_length=16, unique=True)
    item = models.CharField(max_length=4, help_text="YL01 to YL43")
    kind = models.CharField(max_length=4, choices=GapKind.choices)
    confidence = models.CharField(max_length=2, choices=Confidence.choices)
    period = models.CharField(max_length=2, choices=Period.choices)
    amount = models.BigIntegerField(
        null=True, blank=True, help_text="fen in the period; null where none is known"
    )
    reason = models.CharField(max_length=300, help_text="in words, with the figures")
    subject = models.CharField(max_length=24, help_text="p<person key> or h<household>")
    person = models.BigIntegerField(help_text="person key: the subject, or the household's head")
    household = models.BigIntegerField(null=True, blank=True)
    county = models.CharField(max_length=6, help_text="of the household, as the comparison had it")
    division = models.CharField(max_length=12, help_text="whose gap it is, 12 digits")
    copy_division = models.CharField(max_length=12, blank=True)
    name_masked = models.CharField(max_length=50)
    id_masked = models.CharField(max_length=18, blank=True, help_text="empty for minors")
    sex = models.CharField(max_length=1)
    age = models.PositiveSmallIntegerField()
    household_size = models.PositiveSmallIntegerField()
    standing = models.CharField(max_length=12, blank=True)
    state = models.CharField(max_length=3, choices=GapState.choices, default=GapState.OPEN)
    opened_on = models.DateField()
    as_of = models.DateField(help_text="the day its evidence was last written: whose answers explain it")
    snoozed_until = models.DateField(null=True, blank=True)
    conclusion = models.CharField(max_length=8, choices=GapConclusion.choices, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    vanished_on = models.DateField(
        null=True,
        blank=True,
        help_text="after a human conclusion: the day a run first found the reason gone",
    )
    cleared_by = models.ForeignKey(GapRun, null=True, blank=True, on_delete=models.PROTECT)
    basis = models.JSONField(help_text="name → value the comparison rests on")
    evidence_hash = models.CharField(max_length=64)
    run = models.ForeignKey(GapRun, on_delete=models.PROTECT, related_name="gaps")

    wall = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=Matter.choices,
        help_text="the matter whose posts alone are given the row",
    )

    class Meta:
        db_table = "monitoring_gap"
        indexes = [
            models.Index(
                fields=["division", "kind", "item"],
                name="monitoring_gap_open_place",
                condition=Q(state__in=OPEN_GAPS),
            ),
            models.Index(
                fields=["copy_division"], name="monitoring_gap_copy", condition=~Q(copy_division="")
            ),
            models.Index(F("kind"), F("amount").desc(), F("id"), name="monitoring_gap_order"),
            models.Index(fields=["county"], name="monitoring_gap_county"),
            models.Index(fields=["subject", "item"], name="monitoring_gap_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "subject"],
                condition=Q(state__in=OPEN_GAPS),
                name="monitoring_gap_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="已结") | Q(closed_on__isnull=False), name="monitoring_gap_closed_has_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="暂缓") | Q(snoozed_until__isnull=False),
                name="monitoring_gap_snooze_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="已结") | ~Q(conclusion="") | Q(cleared_by__isnull=False),
                name="monitoring_gap_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class GapEvent(models.Model):
    """One line of a gap's history. Append-only."""

    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(
        max_length=12, help_text="opened, changed, reviewed, snoozed, woken, closed, cleared"
    )
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Account", null=True, blank=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=400, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "monitoring_gap_event"
        indexes = [models.Index(fields=["gap", "-at"], name="monitoring_gap_event_gap")]

    def __str__(self) -> str:
        return f"{self.gap_id} {self.kind}"


class GapReview(models.Model):
    """核查: somebody is to look again by a day. It changes no payment; what follows is decided where cases are."""

    PREFIX: ClassVar[str] = "HC"

    number = models.CharField(max_length=16, unique=True)
    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, related_name="reviews")
    opened_on = models.DateField()
    due_on = models.DateField()
    reason = models.CharField(max_length=300, help_text="told to the family; 社会救助暂行办法 32")
    tree = models.JSONField(help_text="engine.explain.to_json, frozen; empty where the day's rows are gone")
    by = models.ForeignKey("staff.Account", null=True, blank=True, on_delete=models.PROTECT)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        db_table = "monitoring_gap_review"
        constraints = [
            models.UniqueConstraint(
                fields=["gap"],
                condition=Q(closed_on__isnull=True),
                name="monitoring_gap_review_open_once",
            )
        ]

    def __str__(self) -> str:
        return self.number
