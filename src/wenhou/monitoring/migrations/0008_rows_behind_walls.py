"""Alerts, gaps and what was set aside may stand behind a special wall; those that are there already are put behind theirs,
with the visits made for them, and go back to the queue where the post they were handed to may not look behind it.
"""

from django.db import migrations, models

ALERTS = "indicator in ('A06', 'A07')"
PUT = f"""
update monitoring_alert set wall = 'minor' where {ALERTS};
update monitoring_override set wall = 'minor' where {ALERTS};
update monitoring_gap set wall = case item when 'YL34' then 'mental' else 'minor' end where item in ('YL07', 'YL34');
update fieldwork_visit set wall = 'minor'
where reference in (select 'alert:' || number from monitoring_alert where {ALERTS});
update monitoring_alert set post_id = null, assigned_on = null, state = case state when '待核' then '待派' else state end
where {ALERTS} and state <> '销号'
    and post_id in (select id from staff_post where not matters @> array['minor']::varchar[]);
"""


def wall() -> models.CharField:
    return models.CharField(
        max_length=8,
        blank=True,
        default="",
        db_default="",
        choices=[("minor", "未成年人受侵害或无人照料"), ("mental", "精神障碍"), ("reporter", "谁反映的")],
        help_text="the matter whose posts alone are given the row",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0007_alerts_by_household"),
        ("fieldwork", "0002_visit_behind_a_wall"),
        ("staff", "0007_posts_have_matters"),
    ]

    operations = [
        migrations.AddField("alert", "wall", wall()),
        migrations.AddField("gap", "wall", wall()),
        migrations.AddField("override", "wall", wall()),
        migrations.RunSQL(PUT, migrations.RunSQL.noop),
    ]
