"""A notice stands somewhere itself, beside its items; an item says where the right reaches its listing."""

from typing import Any

from django.db import migrations, models

from touchmark.engine.lifecycle.filing import FilingStatus
from touchmark.engine.lifecycle.notice_item import ItemStatus


def record_settled(apps: Any, schema_editor: Any) -> None:
    """Those that were here had one item, which waits or has its answer."""
    waiting = apps.get_model("notices", "NoticeItem").objects.filter(status="received").values("notice")
    apps.get_model("notices", "Notice").objects.exclude(pk__in=waiting).update(status="settled")


class Migration(migrations.Migration):
    dependencies = [("notices", "0004_items_say_nothing_themselves")]

    operations = [
        migrations.AddField(
            "Notice",
            "status",
            models.CharField(
                choices=[(status.value, status.value) for status in FilingStatus], default="complete", max_length=20
            ),
            preserve_default=False,
        ),
        migrations.RunPython(record_settled, migrations.RunPython.noop, elidable=True),
        migrations.AddField("NoticeItem", "territories", models.JSONField(default=list)),
        migrations.AlterField(
            "NoticeItem",
            "status",
            models.CharField(choices=[(status.value, status.value) for status in ItemStatus], max_length=20),
        ),
        migrations.RemoveConstraint("NoticeItem", "one_open_notice_per_right_and_listing"),
        migrations.AddConstraint(
            "NoticeItem",
            models.UniqueConstraint(
                condition=models.Q(status__in=("waiting", "received", "proposed", "examined")),
                fields=("right", "listing"),
                name="one_open_notice_per_right_and_listing",
            ),
        ),
        migrations.RemoveIndex("NoticeItem", "notices_that_wait"),
    ]
