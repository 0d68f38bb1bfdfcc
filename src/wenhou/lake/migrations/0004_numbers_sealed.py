"""Seal what the vault holds, some rows at a time, while the program before this one goes on reading `id_no`.

Then nothing can be added unsealed: a load of the program before fails whole from here on, and is done by the next one.
"""

from typing import Any

from django.db import connection, migrations, transaction

AT_ONCE = 5_000


def seal(apps: Any, schema_editor: Any) -> None:
    from wenhou.base.secrets import keys, master

    keys.in_use("identity_number", master.suite())
    identity = apps.get_model("lake", "Identity")
    while _some(identity):
        pass
    with transaction.atomic():
        schema_editor.execute("lock table lake_identity in share row exclusive mode")
        while _some(identity):
            pass
        schema_editor.execute(
            "alter table lake_identity add constraint lake_identity_is_sealed"
            " check (mark is not null and number is not null) not valid"
        )


def _some(identity: Any) -> int:
    from wenhou.base.secrets import keys, master

    field, key = identity._meta.get_field("number"), keys.in_use("identity_number", master.suite())
    with transaction.atomic():
        rows = list(identity.objects.select_for_update().filter(mark=None).order_by("key")[:AT_ONCE])
        marks = keys.blinds("identity_number", [row.id_no for row in rows])
        told = [
            (mark, keys.seal_with(key, row.id_no, field.place(mark)), row.key)
            for row, mark in zip(rows, marks, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.executemany("update lake_identity set mark = %s, number = %s where key = %s", told)
    return len(rows)


def unseal(apps: Any, schema_editor: Any) -> None:
    """Back to the program before: every number in clear again."""
    schema_editor.execute("alter table lake_identity drop constraint lake_identity_is_sealed")
    identity = apps.get_model("lake", "Identity")
    for row in identity.objects.filter(id_no=None).iterator():
        row.id_no = row.number
        row.save(update_fields=["id_no"])


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("lake", "0003_numbers_sealed_beside")]
    operations = [migrations.RunPython(seal, unseal)]
