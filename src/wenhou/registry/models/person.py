"""A person and what sources said of them, as dated rows. A correction is a new row; the old one stays."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q


class Person(models.Model):
    """Somebody we know. The key is the vault's."""

    key = models.BigIntegerField(primary_key=True)
    known_since = models.DateField()

    class Meta:
        db_table = "registry_person"

    def __str__(self) -> str:
        return str(self.key)


class Said(models.Model):
    """Where a row came from and whether a later one has replaced it."""

    contract = models.CharField(max_length=8)
    delivery = models.BigIntegerField()
    line = models.BigIntegerField()
    as_of = models.DateField(help_text="the last day the delivery speaks for")
    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    replaced_on = models.DateField(
        null=True,
        blank=True,
        help_text="first day on which a later word, or none, holds; as_of itself where it was wrong",
    )

    class Meta:
        abstract = True


class PersonRecord(Said):
    """The residence registration's word (DI01)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="records")
    name = models.CharField(max_length=50)
    search = ArrayField(
        models.CharField(max_length=60), default=list, help_text="characters, bigrams and pinyin"
    )
    sex = models.CharField(max_length=1)
    nation = models.CharField(max_length=2)
    birth_date = models.DateField()
    hukou_division = models.CharField(max_length=12)
    hukou_address = models.CharField(max_length=200)
    hukou_type = models.CharField(max_length=4)
    household_no = models.CharField(max_length=20)
    relation = models.CharField(max_length=2)
    father = models.BigIntegerField(null=True, blank=True)
    mother = models.BigIntegerField(null=True, blank=True)
    spouse = models.BigIntegerField(null=True, blank=True)
    guardian = models.BigIntegerField(null=True, blank=True)
    status = models.CharField(max_length=4)

    class Meta:
        db_table = "registry_person_record"
        indexes = [
            models.Index(fields=["hukou_division"], name="registry_record_division"),
            GinIndex(fields=["search"], name="registry_record_search"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(superseded_at=None), name="registry_record_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.as_of}"


class Residence(Said):
    """A residence permit or registration (DI04)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="residences")
    permit_no = models.CharField(max_length=20)
    division = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    registered_on = models.DateField()
    valid_to = models.DateField()
    status = models.CharField(max_length=4)

    class Meta:
        db_table = "registry_residence"
        indexes = [models.Index(fields=["division"], name="registry_residence_division")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "permit_no"],
                condition=Q(superseded_at=None),
                name="registry_residence_current",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.division}"
