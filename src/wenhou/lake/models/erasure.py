from django.db import models


class Erasure(models.Model):
    """Somebody of whom nothing in the lake tells who they are any more. Kept so that it is done again after a backup is put
    back: it says a number that means nothing, and why."""

    person = models.BigIntegerField(unique=True, help_text="person key")
    by = models.CharField(max_length=150, help_text="account")
    on = models.DateField()
    ground = models.CharField(max_length=200)
    salt = models.CharField(
        max_length=32, blank=True, help_text="what their words are replaced by; empty when done"
    )
    done = models.BooleanField(default=False, help_text="every file that told of them is written anew")

    class Meta:
        db_table = "lake_erasure"

    def __str__(self) -> str:
        return f"{self.person} {self.on}"
