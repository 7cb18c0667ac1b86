"""Indexes of tables that may be large, made beside whoever writes meanwhile; those that are there already stay."""

from django.db import migrations, models

from touchmark.apps.indexes import AddIndexBeside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("decisions", "0012_pictures_taken_off")]

    operations = [
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("ends_at__isnull", False), ("status", "in_force")),
                fields=["ends_at"],
                name="decisions_that_will_end",
            ),
        ),
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("status", "to_correct")), fields=["correct_by"], name="decisions_to_be_corrected"
            ),
        ),
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("status", "held")), fields=["gate"], name="decisions_held_by_a_gate"
            ),
        ),
        AddIndexBeside(
            model_name="decision",
            index=models.Index(fields=["counts_for", "-decided_at"], name="decisions_in_a_record"),
        ),
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("status", "held")), fields=["because"], name="decisions_held_by_a_ban"
            ),
        ),
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("untold_until__isnull", False)),
                fields=["untold_until"],
                name="decisions_not_told_yet",
            ),
        ),
        AddIndexBeside(
            model_name="decision",
            index=models.Index(
                condition=models.Q(("order", ""), _negated=True), fields=["order"], name="decisions_upon_an_order"
            ),
        ),
    ]
