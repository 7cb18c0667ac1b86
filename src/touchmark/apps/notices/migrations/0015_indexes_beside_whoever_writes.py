"""Indexes of tables that may be large, made beside whoever writes meanwhile; those that are there already stay."""

from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("notices", "0014_what_is_objected_to")]

    operations = [
        AddIndexBeside(
            "NoticeItem",
            models.Index(
                condition=models.Q(status__in=("received", "proposed", "examined")),
                fields=["filed_at"],
                name="notices_that_wait",
            ),
        ),
        AddIndexBeside(
            model_name="noticeitem",
            index=models.Index(
                condition=models.Q(("looked_at", None), ("status", "received")),
                fields=["filed_at", "id"],
                name="notices_to_be_looked_at",
            ),
        ),
        AddIndexBeside(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("tells_of_danger", True)), fields=["filed_at"], name="notices_that_tell_of_a_danger"
            ),
        ),
    ]
