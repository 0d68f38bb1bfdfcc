from django.db import models

from wenhou.base.secrets.fields import EncryptedTextField

NUMBER = "identity_number"
"""The purpose of the vault's keys."""


class Identity(models.Model):
    """The vault: the only place where a person key and an identity number stand side by side. The number is sealed, and found
    by its mark."""

    key = models.BigAutoField(primary_key=True)
    mark = models.BinaryField(unique=True, help_text="blind index of the number, 16 bytes")
    number = EncryptedTextField(purpose=NUMBER, bound_to="mark")

    class Meta:
        db_table = "lake_identity"

    def __str__(self) -> str:
        return str(self.key)
