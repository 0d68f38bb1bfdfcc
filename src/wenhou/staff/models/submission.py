from django.db import models


class Submission(models.Model):
    """A form that was taken: sent again (the answer got lost, the button was pressed twice), it is answered alike and nothing
    is done."""

    account = models.ForeignKey("staff.Account", on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField(help_text="given out with the form")
    said = models.CharField(max_length=200, help_text="what was answered")
    at = models.DateTimeField()

    class Meta:
        db_table = "staff_submission"
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="staff_submission_once")]

    def __str__(self) -> str:
        return str(self.key)
