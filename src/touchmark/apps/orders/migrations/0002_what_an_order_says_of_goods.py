"""What an order to act says of the goods: that they are illegal, or dangerous."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0001_authorities_orders"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="product",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "not the goods, but something about the listing"),
                    ("illegal", "the goods are illegal: whoever bought them is informed"),
                    ("dangerous", "they are illegal and can injure people: the duties of product safety begin as well"),
                ],
                default="",
                max_length=10,
            ),
        ),
    ]
