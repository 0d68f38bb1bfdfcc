from django.db import models
from django.db.models import Q

from wenhou.registry.enums import Category
from wenhou.registry.models.household import Household
from wenhou.registry.models.person import Person, Said


class RegisterEntry(Said):
    """One person's standing on the low-income register (SA-ARCH), as of a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="entries")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="entries")
    category = models.CharField(max_length=4, choices=Category.choices)
    division = models.CharField(max_length=12)
    resides_division = models.CharField(max_length=12)
    urban_rural = models.CharField(max_length=2)
    status = models.CharField(max_length=2, blank=True, help_text="在保, 暂停, 退出 or empty")
    is_covered = models.BooleanField()
    confirmed_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    exit_on = models.DateField(null=True, blank=True)
    details = models.JSONField(help_text="the other fields of SA-ARCH by name; money in fen")

    class Meta:
        db_table = "registry_register_entry"
        indexes = [
            models.Index(fields=["person", "-as_of"], name="registry_entry_person"),
            models.Index(fields=["division"], name="registry_entry_division"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person", "category", "division"],
                condition=Q(superseded_at=None),
                name="registry_entry_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.category} {self.as_of}"
