"""Room for secrets of webhooks as they are sealed; a text of any length is no other table on PostgreSQL."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0007_listings_that_are_gone")]

    operations = [
        migrations.AlterField(
            model_name="marketplace",
            name="webhook_secret",
            field=models.TextField(blank=True),
        ),
    ]
