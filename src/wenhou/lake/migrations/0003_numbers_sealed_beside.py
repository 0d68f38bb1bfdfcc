"""Expand: a place for the sealed number and its mark. The program before this one still reads `id_no`."""

from django.db import migrations, models

import wenhou.base.secrets.fields


class Migration(migrations.Migration):
    dependencies = [
        ("lake", "0002_linked_parts_and_same_people"),
        ("base", "0003_data_keys"),
    ]

    operations = [
        migrations.AddField(
            model_name="identity",
            name="mark",
            field=models.BinaryField(help_text="blind index of the number, 16 bytes", null=True, unique=True),
        ),
        migrations.AddField(
            model_name="identity",
            name="number",
            field=wenhou.base.secrets.fields.EncryptedTextField(
                bound_to="mark", null=True, purpose="identity_number"
            ),
        ),
        migrations.AlterField(
            model_name="identity",
            name="id_no",
            field=models.CharField(max_length=18, unique=True, null=True),
        ),
    ]
