"""A place under its code, for as long as the code held."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from wenhou.divisions import codes
from wenhou.divisions.models.place_list import PlaceList


class Level(models.IntegerChoices):
    """The five levels of the division tree."""

    PROVINCE = 1, "省级"
    CITY = 2, "地级"
    COUNTY = 3, "县级"
    TOWN = 4, "乡级"
    VILLAGE = 5, "村级"


class DivisionQuerySet(models.QuerySet["Division"]):
    """Named selections. A place is valid from `valid_from` to the day before `valid_to`."""

    def on(self, day: date) -> Self:
        """Valid on the day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def not_on(self, day: date) -> Self:
        """Not valid on the day: ended by then, or not yet begun; the latest of a code last."""
        return self.filter(Q(valid_to__lte=day) | Q(valid_from__gt=day)).order_by("valid_from")

    def under(self, code: str) -> Self:
        """The place itself and everything below it, by digits."""
        prefix = codes.prefix(code)
        return self.filter(
            code__gte=prefix.ljust(codes.PADDED, "0"), code__lte=prefix.ljust(codes.PADDED, "9")
        )


class Division(models.Model):
    """One name and one code over one span of days. A renamed or merged place keeps its old row."""

    code = models.CharField("区划代码", max_length=12)
    level = models.SmallIntegerField("级别", choices=Level.choices)
    name = models.CharField("名称", max_length=80)
    parent_code = models.CharField("上级代码", max_length=12, blank=True, db_index=True)
    valid_from = models.DateField("启用日")
    valid_to = models.DateField("停用日", null=True, blank=True, help_text="自此日起不再使用")
    replaced_by = models.CharField("现代码", max_length=12, blank=True)
    urban_rural_class = models.CharField("城乡分类代码", max_length=3, null=True, blank=True)
    source = models.CharField("依据", max_length=120, blank=True)
    place_list = models.ForeignKey(
        PlaceList, models.PROTECT, verbose_name="名录", null=True, blank=True, related_name="divisions"
    )

    objects = DivisionQuerySet.as_manager()

    class Meta:
        verbose_name = "区划"
        db_table = "divisions_division"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="division_once_from_a_day"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_to__isnull=True), name="division_one_current_row"
            ),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[1-8][0-9]{11}$"), name="division_code_has_12_digits"
            ),
            models.CheckConstraint(condition=Q(level__range=(1, 5)), name="division_level_1_to_5"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="division_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.prefix}"

    @property
    def prefix(self) -> str:
        """The significant 2, 4, 6, 9 or 12 digits."""
        return codes.prefix(self.code)

    @property
    def urban_rural(self) -> str | None:
        """城市 for 城镇 (1xx), 农村 for 乡村 (2xx) of 城乡分类代码, None where it is not known."""
        return {"1": "城市", "2": "农村"}.get((self.urban_rural_class or "")[:1])
