"""A decision says in whose record it is; the column stands empty, so that a large table is not written anew."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0005_companies_behind_marketplaces"),
        ("decisions", "0005_taken_back"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="counts_for",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="catalog.seller",
            ),
        ),
    ]
