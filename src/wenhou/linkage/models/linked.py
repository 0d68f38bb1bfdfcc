"""Lines that the machine linked to somebody by likelihood, so that somebody may say: this is not them."""

from django.db import models


class LinkedLine(models.Model):
    """A held line that stands loaded under a person's key because the words beside a wrong number were likely theirs."""

    person = models.BigIntegerField(help_text="person key")
    delivery = models.BigIntegerField(help_text="the delivery it came in")
    line = models.BigIntegerField(help_text="as the sender counts it")
    bits = models.FloatField(help_text="log2 of the odds that they are one")
    levels = models.JSONField(help_text="comparison → level, as published")
    linked_on = models.DateField()

    class Meta:
        db_table = "linkage_linked_line"
        indexes = [models.Index(fields=["person"], name="linkage_linked_person")]
        constraints = [models.UniqueConstraint(fields=["delivery", "line"], name="linkage_linked_line_once")]

    def __str__(self) -> str:
        return f"{self.delivery}:{self.line} → {self.person}"
