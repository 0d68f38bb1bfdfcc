"""A key may have a holder among the staff: it ends with their leaving."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("api", "0001_first_tables"),
        ("staff", "0008_posts_are_approved_and_lent"),
    ]

    operations = [
        migrations.AddField(
            model_name="sourcekey",
            name="holder",
            field=models.ForeignKey(
                blank=True,
                help_text="who of our staff keeps it; it ends when they leave",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="staff.account",
            ),
        ),
    ]
