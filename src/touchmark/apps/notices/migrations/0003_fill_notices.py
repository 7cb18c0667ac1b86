"""Makes the notice of each item that was a notice by itself; it keeps the reference, and the item does too."""

from typing import Any

from django.db import migrations

#: So many are written at a time.
CHUNK = 1_000
SAID = ("ref", "holder_id", "filed_by_id", "right_id", "reason", "statement", "good_faith", "request_key", "filed_at")


def fill(apps: Any, schema_editor: Any) -> None:
    """Make them in the order of their keys: cut short, it goes on where it was."""
    notices, items = apps.get_model("notices", "Notice"), apps.get_model("notices", "NoticeItem")
    without = items.objects.filter(notice=None).select_related("listing__marketplace").order_by("pk")
    while chunk := list(without[:CHUNK]):
        made = notices.objects.bulk_create(notices(**{name: getattr(item, name) for name in SAID}) for item in chunk)
        for item, notice in zip(chunk, made, strict=True):
            item.notice_id, item.regime = notice.pk, item.listing.marketplace.regime
        items.objects.bulk_update(chunk, ["notice", "regime"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0002_items_of_notices")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
