from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from wenhou.base.secrets.fields import EncryptedTextField
from wenhou.supervision.enums import Asker, RequestState, RightKind


class PersonalRequest(models.Model):
    """Somebody asks about what is kept of them: to see, to have a copy, to correct, to erase, to be told by which rules."""

    PREFIX: ClassVar[str] = "GR"

    number = models.CharField(max_length=16, unique=True)
    kind = models.CharField(max_length=8, choices=RightKind.choices)
    person = models.BigIntegerField(help_text="person key")
    division = models.CharField(max_length=12, help_text="the place that answers, 12 digits")
    asker = models.CharField(max_length=8, choices=Asker.choices)
    shown = models.CharField(max_length=200, help_text="how it was seen who asks, and what entitles them")
    wish = EncryptedTextField(help_text="what is asked, in their words")
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.OPEN)
    taken_on = models.DateField()
    due_on = models.DateField()
    longer_because = models.CharField(
        max_length=200, blank=True, help_text="why the term was prolonged, once"
    )
    answer = EncryptedTextField(null=True, help_text="what was done, or why it is not")
    closed_on = models.DateField(null=True, blank=True)
    taken_by = models.ForeignKey("staff.Account", on_delete=models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(
        "staff.Account", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        db_table = "supervision_request"
        indexes = [
            models.Index(fields=["division", "due_on"], name="supervision_request_due"),
            models.Index(fields=["person"], name="supervision_request_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None, state=RequestState.OPEN)
                | Q(closed_on__gte=F("taken_on")) & ~Q(state=RequestState.OPEN),
                name="supervision_request_end",
            )
        ]

    def __str__(self) -> str:
        return self.number
