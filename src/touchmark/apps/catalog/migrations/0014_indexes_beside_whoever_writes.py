"""Indexes of tables that may be large, made beside whoever writes meanwhile; those that are there already stay."""

from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalog", "0013_fill_addresses_of_pictures")]

    operations = [
        AddIndexBeside(
            model_name="listing",
            index=models.Index(
                condition=models.Q(("pending_since__isnull", False)),
                fields=["pending_since"],
                name="listings_to_be_published",
            ),
        ),
        AddIndexBeside(
            model_name="listingimage",
            index=models.Index(
                condition=models.Q(("url_key", ""), _negated=True),
                fields=["url_key"],
                name="pictures_by_their_address",
            ),
        ),
    ]
