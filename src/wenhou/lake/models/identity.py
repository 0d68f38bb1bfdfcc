from django.db import models


class Identity(models.Model):
    """The vault: the only place where a person key and an identity number stand side by side."""

    key = models.BigAutoField(primary_key=True)
    id_no = models.CharField(max_length=18, unique=True)

    class Meta:
        db_table = "lake_identity"

    def __str__(self) -> str:
        return str(self.key)
