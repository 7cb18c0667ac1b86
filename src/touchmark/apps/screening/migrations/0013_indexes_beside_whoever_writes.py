"""Indexes of tables that may be large, made beside whoever writes meanwhile; those that are there already stay."""

from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("screening", "0012_due_first")]

    operations = [
        AddIndexBeside(
            model_name="assessment",
            index=models.Index(
                condition=models.Q(
                    ("settled_at", None),
                    ("superseded_at", None),
                    models.Q(models.Q(("verdict", "clear"), _negated=True), ("sampled", True), _connector="OR"),
                ),
                fields=["-risk", "made_at"],
                name="assessments_that_wait",
            ),
        ),
        AddIndexBeside(
            model_name="waiting",
            index=models.Index(fields=["due_at", "rank", "doubt", "id"], name="waiting_first_due"),
        ),
    ]
