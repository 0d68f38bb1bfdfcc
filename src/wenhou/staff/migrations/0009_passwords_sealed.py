"""Digests of passwords are sealed: whoever reads the table of colleagues, which all staff may, holds none to guess at. There are
as many as there are staff, so all at once; a program before this one no longer reads them.
"""

from typing import Any

from django.db import connection, migrations, models

import wenhou.base.secrets.fields

TABLE = "staff_account"


def seal(apps: Any, schema_editor: Any) -> None:
    from wenhou.base.secrets import keys

    told = [
        (keys.seal_text(TABLE, row.clear, f"{TABLE}.password|{row.username}"), row.pk)
        for row in apps.get_model("staff", "Account").objects.all()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(f"update {TABLE} set password = %s where id = %s", told)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Back to the program before: every digest as it was."""
    for row in apps.get_model("staff", "Account").objects.all():
        row.clear = row.password
        row.save(update_fields=["clear"])


class Migration(migrations.Migration):
    dependencies = [("staff", "0008_posts_are_approved_and_lent"), ("base", "0003_data_keys")]

    operations = [
        migrations.RenameField("account", "password", "clear"),
        migrations.AlterField("account", "clear", models.CharField(max_length=128, null=True)),
        migrations.AddField(
            "account",
            "password",
            wenhou.base.secrets.fields.EncryptedTextField(bound_to="username", null=True),
        ),
        migrations.RunPython(seal, unseal),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.RemoveField("account", "clear"),
        migrations.AlterField(
            "account", "password", wenhou.base.secrets.fields.EncryptedTextField(bound_to="username")
        ),
    ]
