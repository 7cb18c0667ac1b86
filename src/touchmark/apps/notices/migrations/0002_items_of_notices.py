"""What was a notice becomes the one item of a notice; what the notice says gets a table of its own, filled by 0003."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from touchmark.apps.notices.reasons import NoticeReason


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0001_notices"),
        ("decisions", "0003_restrictions_that_end"),  # its decisions name notices, and follow the new name
        ("screening", "0006_fill_what_waits"),  # which reads notices as they were
    ]

    operations = [
        migrations.RenameModel("Notice", "NoticeItem"),
        migrations.AlterField(
            "NoticeItem",
            "holder",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.organisation"
            ),
        ),
        migrations.AlterField(
            "NoticeItem",
            "right",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="registry.right"),
        ),
        migrations.AlterField(
            "NoticeItem",
            "listing",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="notice_items", to="catalog.listing"
            ),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ref", models.CharField(max_length=20, unique=True)),
                ("reason", models.CharField(choices=NoticeReason.choices, max_length=30)),
                ("statement", models.TextField()),
                ("good_faith", models.BooleanField()),
                ("particulars", models.JSONField(default=dict)),
                ("request_key", models.UUIDField(unique=True)),
                ("filed_at", models.DateTimeField()),
                (
                    "filed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="accounts.organisation"
                    ),
                ),
                (
                    "right",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="registry.right"
                    ),
                ),
            ],
            options={
                "db_table": "notices_filed",
                "indexes": [models.Index(fields=["holder", "-filed_at", "-id"], name="notices_of_a_holder")],
            },
        ),
        migrations.AddField(
            "NoticeItem",
            "notice",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="items", to="notices.notice"
            ),
        ),
        migrations.AddField("NoticeItem", "number", models.PositiveSmallIntegerField(default=1)),
        migrations.AddField("NoticeItem", "regime", models.CharField(default="platform", max_length=30)),
    ]
