"""A duty of product safety can begin because of an order."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("safety", "0001_safety_duties_and_suspicions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="safetyduty",
            name="because",
            field=models.CharField(
                choices=[
                    ("decision", "They are not the maker’s, and goods of this kind can injure people"),
                    ("notice", "A notice says that they are dangerous"),
                    ("order", "An authority orders us to act, and says that they are dangerous"),
                    ("tip", "A shopper says that they could hurt somebody"),
                ],
                max_length=20,
            ),
        ),
    ]
