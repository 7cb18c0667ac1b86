"""What takes pictures off a listing, and stands beside what is decided on the whole."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0012_pages_that_are_no_offers"),
        ("decisions", "0011_upon_orders"),
        ("notices", "0014_what_is_objected_to"),
        ("registry", "0005_rights_by_number"),
        ("rules", "0001_versions_and_replays"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="decision",
            name="one_decision_stands_per_listing",
        ),
        migrations.AddField(
            model_name="decision",
            name="pictures",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("none", "leave it on sale"),
                    ("remove", "take the listing off sale"),
                    ("disable", "disable it in some territories"),
                    ("hide", "hide it from search and recommendations"),
                    ("pictures", "take pictures off it, and leave it on sale"),
                    ("correct", "have it corrected by a day"),
                    ("hold", "hold it before it is published"),
                    ("suspend", "suspend the seller"),
                    ("close", "close the seller's shop"),
                    ("ban", "let the seller offer nothing new for a time"),
                    ("link", "count the shop together with another"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("order", ""),
                    ("status__in", ["in_force", "to_correct", "held"]),
                    models.Q(("kind", "pictures"), _negated=True),
                ),
                fields=("listing",),
                name="one_decision_stands_per_listing",
            ),
        ),
    ]
