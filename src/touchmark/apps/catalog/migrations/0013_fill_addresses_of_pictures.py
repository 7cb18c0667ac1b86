"""
The keys of addresses of pictures that were here before are filled in by steps, by number, so that no transaction holds
many rows. Cut short, it goes over them again and writes what is missing.
"""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from touchmark.apps.catalog.addresses import key_of

STEP = 5_000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    images = apps.get_model("catalog", "ListingImage")
    last = 0
    while rows := list(images.objects.filter(pk__gt=last).order_by("pk").only("pk", "name", "url_key")[:STEP]):
        last = rows[-1].pk
        named = [row for row in rows if row.name.startswith("http") and not row.url_key]
        for row in named:
            row.url_key = key_of(row.name)
        images.objects.bulk_update(named, ["url_key"], batch_size=500)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalog", "0012_pages_that_are_no_offers")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
