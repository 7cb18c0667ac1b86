"""Of which authority's organisation an order is, once it was found to be real."""

import django.db.models.deletion
from django.db import migrations, models

from touchmark.apps.constraints import AddKeyBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("accounts", "0001_people_and_organisations"),
        ("orders", "0002_what_an_order_says_of_goods"),
    ]

    operations = [
        AddKeyBeside(
            "order",
            "issuer",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="orders",
                to="accounts.organisation",
            ),
        ),
    ]
