"""Pictures are found by their addresses: what is taken in from now on has its key; 0013 fills in those of the rest."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0009_seal_webhook_secrets")]

    operations = [
        migrations.AddField(
            model_name="listingimage",
            name="url_key",
            field=models.CharField(blank=True, default="", max_length=64),
        ),
    ]
