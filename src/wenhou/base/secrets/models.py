"""The keys of what is sealed, as the database keeps them."""

from django.db import models
from django.db.models import Q

from wenhou.base.secrets.sealing import Algorithm


class DataKey(models.Model):
    """A key that seals one purpose's values, wrapped by the master key. A retired one is still read with."""

    purpose = models.CharField(max_length=60)
    algorithm = models.PositiveSmallIntegerField(choices=[(each.value, each.name) for each in Algorithm])
    wrapped = models.BinaryField(help_text="algorithm (1), nonce, ciphertext, tag; bound to the purpose")
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "base_data_key"
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "algorithm"],
                condition=Q(retired_at=None),
                name="base_data_key_one_in_use",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.pk}"
