"""Other pages of a marketplace than offers, and the videos that pages show."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalog", "0011_words_of_titles"),
    ]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="kind",
            field=models.CharField(
                choices=[("offer", "offer"), ("shop_front", "shop front"), ("video", "video"), ("picture", "picture")],
                default="offer",
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="ListingVideo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveSmallIntegerField()),
                ("name", models.TextField()),
                ("url_key", models.CharField(db_index=True, max_length=64)),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="videos", to="catalog.listing"
                    ),
                ),
            ],
            options={
                "ordering": ["place"],
                "constraints": [models.UniqueConstraint(fields=("listing", "place"), name="one_video_per_place")],
            },
        ),
    ]
