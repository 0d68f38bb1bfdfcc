"""The indexes that counts are made of hold the wall too, so that a count still reads no row."""

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("monitoring", "0008_rows_behind_walls")]

    operations = [
        AddIndexConcurrently(
            "alert",
            models.Index(
                fields=["division", "copy_division", "state", "due_on", "wall"],
                name="monitoring_alert_counted",
                condition=Q(state__in=("待派", "待核", "已核", "暂缓")),
            ),
        ),
        AddIndexConcurrently(
            "alert",
            models.Index(
                fields=["closed_on", "division", "copy_division", "wall"], name="monitoring_alert_done"
            ),
        ),
        RemoveIndexConcurrently("alert", "monitoring_alert_counts"),
        RemoveIndexConcurrently("alert", "monitoring_alert_closed"),
    ]
