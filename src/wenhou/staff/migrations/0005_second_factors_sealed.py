"""Second factors are sealed. There are as many as there are staff, so all at once; a program before this one no longer reads them."""

from typing import Any

from django.db import connection, migrations, models

import wenhou.base.secrets.fields

TABLE = "staff_second_factor"


def seal(apps: Any, schema_editor: Any) -> None:
    from wenhou.base.secrets import keys

    told = [
        (keys.seal_text(TABLE, row.clear, f"{TABLE}.secret|{row.account_id}"), row.pk)
        for row in apps.get_model("staff", "SecondFactor").objects.all()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"update {TABLE} set secret = %s where id = %s", told)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Back to the program before: every secret in clear again."""
    for row in apps.get_model("staff", "SecondFactor").objects.all():
        row.clear = row.secret
        row.save(update_fields=["clear"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0004_account_person"), ("base", "0003_data_keys")]

    operations = [
        migrations.RenameField("secondfactor", "secret", "clear"),
        migrations.AlterField("secondfactor", "clear", models.TextField(null=True)),
        migrations.AddField(
            "secondfactor",
            "secret",
            wenhou.base.secrets.fields.EncryptedTextField(bound_to="account_id", null=True),
        ),
        migrations.RunPython(seal, unseal),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RemoveField("secondfactor", "clear"),
        migrations.AlterField(
            "secondfactor", "secret", wenhou.base.secrets.fields.EncryptedTextField(bound_to="account_id")
        ),
    ]
