from django.db import migrations, models

import wenhou.base.secrets.fields


class Migration(migrations.Migration):
    dependencies = [
        ("lake", "0005_numbers_only_sealed"),
    ]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("person", models.BigIntegerField(help_text="person key", unique=True)),
                ("by", models.CharField(help_text="account", max_length=150)),
                ("on", models.DateField()),
                ("ground", models.CharField(max_length=200)),
                (
                    "salt",
                    models.CharField(
                        blank=True,
                        help_text="what their words are replaced by; empty when done",
                        max_length=32,
                    ),
                ),
                (
                    "done",
                    models.BooleanField(
                        default=False, help_text="every file that told of them is written anew"
                    ),
                ),
            ],
            options={
                "db_table": "lake_erasure",
            },
        ),
        migrations.CreateModel(
            name="FileKey",
            fields=[
                ("number", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "secret",
                    wenhou.base.secrets.fields.EncryptedTextField(
                        bound_to="number", help_text="hex; null: destroyed", null=True, purpose="lake_file"
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("destroyed_on", models.DateField(blank=True, null=True)),
                ("ground", models.CharField(blank=True, help_text="of the destruction", max_length=200)),
            ],
            options={
                "db_table": "lake_file_key",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("destroyed_on__isnull", False), ("secret__isnull", True)),
                            models.Q(("destroyed_on__isnull", True), ("secret__isnull", False)),
                            _connector="OR",
                        ),
                        name="lake_file_key_there_or_destroyed",
                    )
                ],
            },
        ),
    ]
