from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0012_filed_by_mandate")]

    operations = [
        migrations.AddField(
            model_name="noticeitem",
            name="picture",
            field=models.TextField(blank=True, default=""),
        ),
    ]
