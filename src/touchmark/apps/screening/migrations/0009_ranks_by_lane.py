"""Rank what waits by the new places: what is reported by its lane, which nobody had before. Whole, or not at all."""

from django.db import migrations
from django.db.models import Case, F, IntegerField, Value, When

STEP = 5_000
#: From the old rank to the new one, and the lane of what is reported: normal.
RANKS = {1: 3, 2: 5, 3: 6}
NORMAL = 2


def rank(apps, schema_editor):
    waiting = apps.get_model("screening", "Waiting").objects
    last = 0
    cases = (When(rank=old, then=Value(to)) for old, to in RANKS.items())
    new = Case(*cases, default=F("rank"), output_field=IntegerField())
    lane = Case(When(notices__gt=0, then=Value(NORMAL)), default=Value(0), output_field=IntegerField())
    while keys := list(waiting.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:STEP]):
        waiting.filter(pk__in=keys).update(rank=new, lane=lane)
        last = keys[-1]


class Migration(migrations.Migration):
    dependencies = [("screening", "0008_lanes_and_proposals")]

    operations = [migrations.RunPython(rank, migrations.RunPython.noop, elidable=True)]
