"""Puts every decision into a seller's record, in steps of a few thousand: nothing is locked for long."""

from typing import Any

from django.db import migrations
from django.db.models import Max, OuterRef, Subquery
from django.db.models.functions import Coalesce

STEP = 2_000


def fill(apps: Any, schema_editor: Any) -> None:
    """Go through the decisions by their keys; cut short, it writes the same again."""
    decisions, listings = apps.get_model("decisions", "Decision"), apps.get_model("catalog", "Listing")
    offered = Subquery(listings.objects.filter(pk=OuterRef("listing_id")).values("seller_id")[:1])
    last = decisions.objects.aggregate(last=Max("pk"))["last"] or 0
    for start in range(1, last + 1, STEP):
        step = decisions.objects.filter(pk__gte=start, pk__lt=start + STEP)
        step.update(counts_for=Coalesce("seller_id", offered))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("decisions", "0006_in_whose_record")]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
