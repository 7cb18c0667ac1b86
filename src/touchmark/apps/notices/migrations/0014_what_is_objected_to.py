"""What each item of a notice is about: a listing, or another thing that a marketplace shows."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def name_pictures(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Say of the items that object to one picture that they do: few, since pictures can be named for a few weeks."""
    apps.get_model("notices", "NoticeItem").objects.exclude(picture="").update(target="picture")


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0013_a_picture_that_is_objected_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="noticeitem",
            name="target",
            field=models.CharField(
                choices=[
                    ("listing", "listing"),
                    ("shop_front", "shop front"),
                    ("picture", "picture"),
                    ("video", "video"),
                ],
                default="listing",
                max_length=10,
            ),
        ),
        migrations.RunPython(name_pictures, migrations.RunPython.noop),
    ]
