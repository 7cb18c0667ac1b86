"""
Pictures are found by their addresses. The keys of those that are here already are filled in by steps, by number, so
that no transaction holds many rows; what is taken in meanwhile has its key.
"""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from touchmark.apps.catalog.addresses import key_of

STEP = 5_000


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    images = apps.get_model("catalog", "ListingImage")
    last = 0
    while rows := list(images.objects.filter(pk__gt=last).order_by("pk").only("pk", "name")[:STEP]):
        last = rows[-1].pk
        named = [row for row in rows if row.name.startswith("http")]
        for row in named:
            row.url_key = key_of(row.name)
        images.objects.bulk_update(named, ["url_key"], batch_size=500)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalog", "0009_seal_webhook_secrets")]

    operations = [
        migrations.AddField(
            model_name="listingimage",
            name="url_key",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="listingimage",
            index=models.Index(
                condition=models.Q(("url_key", ""), _negated=True),
                fields=["url_key"],
                name="pictures_by_their_address",
            ),
        ),
    ]
