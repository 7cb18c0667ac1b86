"""Each right says in which edition of the register it last came into the verified part or left it."""

from django.db import migrations, models


def as_of_now(apps, schema_editor):
    """What was there before counts as news of the edition that stands."""
    register = apps.get_model("registry", "Register").objects.filter(pk=1).values_list("edition", flat=True).first()
    apps.get_model("registry", "Right").objects.update(edition=register or 0)


class Migration(migrations.Migration):
    dependencies = [("registry", "0001_first_tables")]

    operations = [
        migrations.AddField(
            model_name="right",
            name="edition",
            field=models.PositiveBigIntegerField(db_index=True, default=0),
        ),
        migrations.RunPython(as_of_now, migrations.RunPython.noop),
    ]
