from django.db import models
from django.db.models import Q

from wenhou.registry.enums import HouseholdKind
from wenhou.registry.models.person import Person, Said


class Household(models.Model):
    """People who live together, as the register or, outside it, the residence records have them."""

    kind = models.CharField(max_length=10, choices=HouseholdKind.choices)
    household_no = models.CharField(max_length=20)
    county = models.CharField(max_length=6, help_text="the county whose number this is")
    known_since = models.DateField()

    class Meta:
        db_table = "registry_household"
        constraints = [
            models.UniqueConstraint(fields=["kind", "county", "household_no"], name="registry_household_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.household_no}"


class Membership(Said):
    """A person in a household from a day to a day."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=2, help_text="GB/T 4761")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="first day no longer a member")

    class Meta:
        db_table = "registry_membership"
        indexes = [models.Index(fields=["person", "since"], name="registry_membership_person")]
        constraints = [
            models.UniqueConstraint(
                fields=["household", "person", "since"],
                condition=Q(superseded_at=None),
                name="registry_membership_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.household_id}"
