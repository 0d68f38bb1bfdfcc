"""Contract: no number in clear any more. After this the program before cannot read the vault."""

from django.db import migrations, models

import wenhou.base.secrets.fields


class Migration(migrations.Migration):
    dependencies = [("lake", "0004_numbers_sealed")]

    operations = [
        migrations.RemoveField(model_name="identity", name="id_no"),
        migrations.RunSQL(
            "alter table lake_identity validate constraint lake_identity_is_sealed",
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="identity",
            name="mark",
            field=models.BinaryField(help_text="blind index of the number, 16 bytes", unique=True),
        ),
        migrations.AlterField(
            model_name="identity",
            name="number",
            field=wenhou.base.secrets.fields.EncryptedTextField(bound_to="mark", purpose="identity_number"),
        ),
    ]
