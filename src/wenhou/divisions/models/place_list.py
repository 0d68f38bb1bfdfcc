"""Where rows of places came from."""

from django.db import models


class ListKind(models.TextChoices):
    """Whose list it is; an official one goes before the others."""

    OWN = "own", "自备名录"
    SEED = "seed", "公开数据包"
    OFFICIAL = "official", "官方名录"


class PlaceList(models.Model):
    """One list of places as it was loaded: its file, its day, who loaded it, and what it changed."""

    kind = models.CharField("种类", max_length=10, choices=ListKind.choices)
    name = models.CharField("名称", max_length=200)
    sha256 = models.CharField("SHA-256", max_length=64)
    on = models.DateField("名录日期")
    by = models.CharField("载入人", max_length=80)
    loaded_at = models.DateTimeField("载入时间")
    counties = models.JSONField("所及县区", default=list)
    added = models.IntegerField("新增", default=0)
    renamed = models.IntegerField("更名", default=0)
    closed = models.IntegerField("停用", default=0)

    class Meta:
        verbose_name = "区划名录"
        db_table = "divisions_place_list"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.name}"
