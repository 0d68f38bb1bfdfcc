"""An alert, its frozen reasons, and what was done about it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenhou.monitoring.enums import OPEN_STATES, AlertState, AlertType, Colour, Outcome
from wenhou.monitoring.models.override import Override
from wenhou.monitoring.models.run import Run
from wenhou.staff.enums import Matter


class Judgement(models.Model):
    """What a verdict rested on, frozen: the tree of reasons and the rows behind it. Never rewritten."""

    run = models.ForeignKey(Run, on_delete=models.PROTECT)
    indicator = models.CharField(max_length=3)
    subject = models.CharField(max_length=24, help_text="p<person key> or h<household>")
    as_of = models.DateField()
    rule_set = models.CharField(max_length=64, help_text="hash of the declarations and standards used")
    tree = models.JSONField(help_text="engine.explain.to_json")
    evidence = models.JSONField(
        help_text="rows: contract, delivery, line, person, fields; no identity numbers"
    )

    class Meta:
        db_table = "monitoring_judgement"

    def __str__(self) -> str:
        return f"{self.indicator} {self.subject} {self.as_of}"


class Alert(models.Model):
    """A named person or household on a named worker's list. What a list row shows is kept here, masked."""

    PREFIX: ClassVar[str] = "YJ"

    number = models.CharField(max_length=16, unique=True)
    indicator = models.CharField(max_length=3)
    alert_type = models.CharField(max_length=4, choices=AlertType.choices)
    subject = models.CharField(max_length=24, help_text="p<person key> or h<household>")
    person = models.BigIntegerField(help_text="person key: the subject, or the household's head")
    household = models.BigIntegerField(null=True, blank=True)
    division = models.CharField(max_length=12, help_text="whose alert it is, 12 digits")
    copy_division = models.CharField(
        max_length=12, blank=True, help_text="the other place, which sees a copy"
    )
    severity = models.PositiveSmallIntegerField()
    colour = models.CharField(max_length=1, choices=Colour.choices)
    weighing = models.JSONField(
        default=list, help_text="what the score is made of: severity.Part.kept of each open matter"
    )
    name_masked = models.CharField(max_length=50)
    id_masked = models.CharField(max_length=18, blank=True, help_text="empty for minors")
    sex = models.CharField(max_length=1)
    age = models.PositiveSmallIntegerField()
    household_size = models.PositiveSmallIntegerField()
    standing = models.CharField(
        max_length=12, blank=True, help_text="低保, 低保边缘…; empty outside the register"
    )
    headline = models.CharField(max_length=120, help_text="the figure and its limit, in a clerk's words")
    state = models.CharField(max_length=4, choices=AlertState.choices, default=AlertState.WAITING)
    raised_on = models.DateField()
    due_on = models.DateField()
    post = models.ForeignKey("staff.Post", null=True, blank=True, on_delete=models.PROTECT)
    assigned_on = models.DateField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    vanished_on = models.DateField(
        null=True, blank=True, help_text="after a human conclusion: the day a run first found the reason gone"
    )
    cleared_by = models.ForeignKey(
        Run, null=True, blank=True, on_delete=models.PROTECT, related_name="cleared_alerts"
    )
    basis = models.JSONField(help_text="name → value the conclusion rests on")
    evidence_hash = models.CharField(max_length=64)
    override = models.OneToOneField(
        Override,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="closed by setting the indicator aside",
    )
    judgement = models.ForeignKey(Judgement, on_delete=models.PROTECT)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="alerts")

    wall = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=Matter.choices,
        help_text="the matter whose posts alone are given the row",
    )

    class Meta:
        db_table = "monitoring_alert"
        indexes = [
            models.Index(
                F("due_on"),
                F("severity").desc(),
                F("id"),
                name="monitoring_alert_open_due",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.Index(
                fields=["division", "due_on"],
                name="monitoring_alert_open_place",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.Index(
                F("due_on"),
                F("severity").desc(),
                F("id"),
                name="monitoring_alert_closed_due",
                condition=Q(state=AlertState.CLOSED),
            ),
            models.Index(
                fields=["division", "copy_division", "state", "due_on", "wall"],
                name="monitoring_alert_counted",
                condition=Q(state__in=OPEN_STATES),
            ),
            models.Index(
                fields=["copy_division"], name="monitoring_alert_copy", condition=~Q(copy_division="")
            ),
            models.Index(fields=["subject", "indicator"], name="monitoring_alert_subject"),
            models.Index(fields=["household"], name="monitoring_alert_household"),
            models.Index(
                fields=["closed_on", "division", "copy_division", "wall"], name="monitoring_alert_done"
            ),
            models.Index(
                fields=["post", "due_on"],
                name="monitoring_alert_open_post",
                condition=Q(state__in=OPEN_STATES),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "subject"],
                condition=Q(state__in=OPEN_STATES),
                name="monitoring_alert_open_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="销号") | Q(closed_on__isnull=False),
                name="monitoring_alert_closed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="暂缓") | Q(snoozed_until__isnull=False),
                name="monitoring_alert_snooze_has_end",
            ),
            models.CheckConstraint(
                condition=~Q(state="销号")
                | ~Q(outcome="")
                | Q(cleared_by__isnull=False)
                | Q(override__isnull=False),
                name="monitoring_alert_closed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AlertEvent(models.Model):
    """One line of an alert's history. Append-only."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(
        max_length=12,
        help_text="raised, dispatched, visited, snoozed, woken, closed, cleared, changed, aside",
    )
    at = models.DateTimeField()
    by = models.ForeignKey("staff.Account", null=True, blank=True, on_delete=models.PROTECT)
    note = models.CharField(max_length=400, blank=True)
    detail = models.JSONField(default=dict)

    class Meta:
        db_table = "monitoring_alert_event"
        indexes = [models.Index(fields=["alert", "-at"], name="monitoring_event_alert")]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.kind}"
