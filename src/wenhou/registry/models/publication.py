from django.db import models


class Publication(models.Model):
    """What the registry knew when it last published for a day, so that it need not do so again."""

    as_of = models.DateField(unique=True)
    mark = models.CharField(max_length=200, help_text="rows and superseded rows of each table")

    class Meta:
        db_table = "registry_publication"

    def __str__(self) -> str:
        return f"{self.as_of}"
