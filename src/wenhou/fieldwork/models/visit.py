from typing import ClassVar

from django.db import models
from django.db.models import Q

from wenhou.fieldwork.enums import Purpose
from wenhou.staff.enums import Matter


class Visit(models.Model):
    """Somebody went to see somebody. One model for every purpose; never knows why it was sent beyond a reference."""

    PREFIX: ClassVar[str] = "ZF"

    number = models.CharField(max_length=30, unique=True)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    division = models.CharField(max_length=12)
    household = models.BigIntegerField(null=True, blank=True)
    person = models.BigIntegerField(null=True, blank=True, help_text="person key")
    visited_on = models.DateField()
    visitors = models.PositiveSmallIntegerField(default=1, help_text="how many went")
    met = models.BooleanField(help_text="the person was met")
    out_of_contact = models.BooleanField(default=False)
    county_level = models.BooleanField(default=False)
    found = models.TextField(help_text="what was seen, in the visitor's words")
    reference = models.CharField(max_length=40, blank=True, help_text="what sent them, e.g. alert:YJ000123")
    by = models.ForeignKey("staff.Account", on_delete=models.PROTECT)
    recorded_at = models.DateTimeField()

    wall = models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=Matter.choices,
        help_text="the matter whose posts alone are given the row",
    )

    class Meta:
        db_table = "fieldwork_visit"
        indexes = [
            models.Index(fields=["person", "-visited_on"], name="fieldwork_visit_person"),
            models.Index(fields=["reference"], name="fieldwork_visit_reference"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(household__isnull=False) | Q(person__isnull=False),
                name="fieldwork_visit_has_subject",
            ),
            models.CheckConstraint(condition=Q(visitors__gte=1), name="fieldwork_visit_by_somebody"),
        ]

    def __str__(self) -> str:
        return self.number
