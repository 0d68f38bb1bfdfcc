"""A visit may stand behind a special wall."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("fieldwork", "0001_first_tables")]

    operations = [
        migrations.AddField(
            "visit",
            "wall",
            models.CharField(
                max_length=8,
                blank=True,
                default="",
                db_default="",
                choices=[
                    ("minor", "未成年人受侵害或无人照料"),
                    ("mental", "精神障碍"),
                    ("reporter", "谁反映的"),
                ],
                help_text="the matter whose posts alone are given the row",
            ),
        )
    ]
