"""Posts have matters: which special walls they may look behind. A county's officers have those of children and of mental
illness from the first day, so that no alert is left that nobody sees; the security administrator takes away or gives more.
"""

import django.contrib.postgres.fields
from django.db import migrations, models
from django.db.models import Q

GIVE = """
update staff_post set matters = array['mental', 'minor']::varchar[] where role = 'county_officer' and matters = '{}'
"""


class Migration(migrations.Migration):
    dependencies = [("staff", "0006_submissions")]

    operations = [
        migrations.AddField(
            "post",
            "matters",
            django.contrib.postgres.fields.ArrayField(
                models.CharField(
                    max_length=8,
                    choices=[
                        ("minor", "未成年人受侵害或无人照料"),
                        ("mental", "精神障碍"),
                        ("reporter", "谁反映的"),
                    ],
                ),
                default=list,
                blank=True,
                help_text="which special walls the post may look behind",
            ),
        ),
        migrations.RunSQL(
            "alter table staff_post alter column matters set default '{}'",
            "alter table staff_post alter column matters drop default",
        ),
        migrations.RunSQL(GIVE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            "post",
            models.CheckConstraint(
                condition=Q(matters__contained_by=["minor", "mental", "reporter"]),
                name="staff_post_matters_known",
            ),
        ),
    ]
