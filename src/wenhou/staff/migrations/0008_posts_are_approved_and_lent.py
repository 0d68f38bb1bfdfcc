"""Posts are proposed and approved, ended at a moment, and lent for a term; looks that stand out are kept for the audit. Posts
that are held already are approved.
"""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("staff", "0007_posts_have_matters"),
    ]

    operations = [
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matters",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("minor", "未成年人受侵害或无人照料"),
                                ("mental", "精神障碍"),
                                ("reporter", "谁反映的"),
                            ],
                            max_length=8,
                        ),
                        blank=True,
                        default=list,
                        help_text="of the post's",
                        size=None,
                    ),
                ),
                ("since", models.DateField()),
                ("until", models.DateField(help_text="last day")),
                ("reason", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                (
                    "ended_at",
                    models.DateTimeField(blank=True, help_text="taken back before its last day", null=True),
                ),
            ],
            options={
                "db_table": "staff_delegation",
            },
        ),
        migrations.CreateModel(
            name="OddLooks",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("kind", models.CharField(help_text="supervision.unusual.Oddity", max_length=8)),
                ("people", models.PositiveIntegerField()),
                ("why", models.CharField(max_length=600)),
                ("found_at", models.DateTimeField()),
            ],
            options={
                "db_table": "staff_odd_looks",
            },
        ),
        migrations.RemoveConstraint(
            model_name="post",
            name="staff_post_once",
        ),
        migrations.AddField(
            model_name="post",
            name="approved_at",
            field=models.DateTimeField(
                blank=True, help_text="empty while it waits: it opens nothing", null=True
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="approved_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="ended_at",
            field=models.DateTimeField(
                blank=True, help_text="taken back at this moment, or never approved", null=True
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="post",
            name="proposed_by",
            field=models.ForeignKey(
                blank=True,
                help_text="empty where it was given on the server",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="post",
            name="role",
            field=models.CharField(
                choices=[
                    ("village_assistant", "村级协理员"),
                    ("town_officer", "乡镇经办员"),
                    ("county_officer", "县级经办员"),
                    ("analyst", "分析员"),
                    ("auditor", "审计员"),
                    ("exchange_operator", "数据接入员"),
                    ("policy_officer", "政策员"),
                    ("system_admin", "系统管理员"),
                    ("security_admin", "安全管理员"),
                    ("audit_admin", "审计管理员"),
                ],
                max_length=20,
            ),
        ),
        migrations.RunSQL(
            "update staff_post set approved_at = now() where approved_at is null", migrations.RunSQL.noop
        ),
        migrations.RunSQL("set constraints all immediate", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("account", "role", "division", "since"),
                name="staff_post_held_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="post",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approved_by__isnull", True),
                    ("proposed_by__isnull", True),
                    models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                    _connector="OR",
                ),
                name="staff_post_four_eyes",
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="borrower",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="borrowed",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="lender",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lent", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="delegation",
            name="post",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lent", to="staff.post"
            ),
        ),
        migrations.AddField(
            model_name="oddlooks",
            name="account",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="delegation",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["borrower", "until"],
                name="staff_delegation_in_force",
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("until__gte", models.F("since"))), name="staff_delegation_term"
            ),
        ),
        migrations.AddConstraint(
            model_name="delegation",
            constraint=models.CheckConstraint(
                condition=models.Q(("lender", models.F("borrower")), _negated=True),
                name="staff_delegation_to_another",
            ),
        ),
        migrations.AddConstraint(
            model_name="oddlooks",
            constraint=models.UniqueConstraint(
                fields=("account", "day", "kind"), name="staff_odd_looks_once"
            ),
        ),
    ]
