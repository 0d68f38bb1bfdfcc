"""A record's words about whom it speaks of, who that may be, and what was found. Found things are appended."""

from typing import Any

from django.db import models
from django.db.models import Q

from wenhou.base.errors import Refused
from wenhou.linkage.enums import IdentityVerdict


class Mention(models.Model):
    """The words by which a record speaks of somebody, kept once however often they come. The number is masked."""

    words = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of number, name, birth, sex, place, telephone"
    )
    number = models.CharField(max_length=20, blank=True, help_text="masked")
    name = models.CharField(max_length=60, blank=True)
    birth = models.CharField(max_length=8, blank=True, help_text="YYYYMMDD")
    sex = models.CharField(max_length=1, blank=True)
    division = models.CharField(max_length=12, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="masked")
    source = models.CharField(max_length=60, help_text="where the words were first met")
    first_seen = models.DateField()

    class Meta:
        db_table = "linkage_mention"

    def __str__(self) -> str:
        return f"{self.source} {self.pk}"


class Sighting(models.Model):
    """A line of a delivery that was held and spoke of somebody in words that were in doubt, then or before."""

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="sightings")
    delivery = models.BigIntegerField(help_text="the delivery it came in")
    line = models.BigIntegerField(help_text="as the sender counts it")
    field = models.CharField(max_length=20, help_text="the identity number that does not hold")

    class Meta:
        db_table = "linkage_sighting"
        constraints = [models.UniqueConstraint(fields=["delivery", "line"], name="linkage_sighting_once")]

    def __str__(self) -> str:
        return f"{self.delivery}:{self.line}"


class IdentityDoubt(models.Model):
    """A person whom a mention may mean, for somebody to decide."""

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="doubts")
    person = models.BigIntegerField(help_text="person key")
    division = models.CharField(max_length=12, help_text="where the person is registered; who may decide")
    place = models.PositiveSmallIntegerField(help_text="1 is the likeliest")
    bits = models.FloatField(help_text="log2 of the odds that they are one")
    why = models.CharField(max_length=60)
    levels = models.JSONField(help_text="comparison → level, as published")
    raised_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(
        max_length=60, blank=True, help_text="why it closed by itself; empty where somebody decided"
    )

    class Meta:
        db_table = "linkage_identity_doubt"
        indexes = [models.Index(fields=["division"], condition=Q(closed_on=None), name="linkage_doubt_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["mention", "person"], condition=Q(closed_on=None), name="linkage_doubt_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.mention_id} {self.person}"


class IdentityDecision(models.Model):
    """What somebody found of a mention and a person. The last one of a pair counts; none is ever changed."""

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="decisions")
    person = models.BigIntegerField(help_text="person key")
    verdict = models.CharField(max_length=8, choices=IdentityVerdict.choices)
    reason = models.CharField(max_length=200)
    by = models.ForeignKey("staff.Account", on_delete=models.PROTECT)
    decided_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        db_table = "linkage_identity_decision"
        indexes = [models.Index(fields=["mention", "person", "-id"], name="linkage_decision_last")]

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise Refused("认定只能补记，不能改。")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise Refused("认定只能补记，不能删。")

    def __str__(self) -> str:
        return f"{self.mention_id} {self.person} {self.verdict}"
