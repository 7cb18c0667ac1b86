"""Keep by when the notices of what waits are to be acted on, so that the queue can be ordered by it."""

from datetime import UTC, datetime

from django.db import migrations, models

STEP = 2_000
JUDGED = ("received", "proposed", "examined")


def fill(apps, schema_editor):
    """Ask the clocks of what is reported, in steps; a listing without one stays behind all that have one."""
    reported = apps.get_model("screening", "Waiting").objects.filter(notices__gt=0).order_by("pk")
    last = 0
    while step := list(reported.filter(pk__gt=last)[:STEP]):
        last = step[-1].pk
        due = first_due(apps, [row.listing_id for row in step])
        timed = [row for row in step if row.listing_id in due]
        for row in timed:
            row.due_at = due[row.listing_id]
        reported.bulk_update(timed, ["due_at"])


def first_due(apps, listings):
    items = apps.get_model("notices", "NoticeItem").objects.filter(listing__in=listings, status__in=JUDGED)
    listing_of = {f"notice:{ref}": listing for ref, listing in items.values_list("ref", "listing_id")}
    kept = apps.get_model("deadlines", "Deadline").objects.filter(subject__in=listing_of, clock="act_on_notice")
    last = dict(kept.order_by("started_at", "pk").values_list("subject", "due_at"))
    found = {}
    for subject, due_at in last.items():
        if due_at is not None:
            found[listing_of[subject]] = min(due_at, found.get(listing_of[subject], due_at))
    return found


class Migration(migrations.Migration):
    dependencies = [
        ("screening", "0011_what_stood_already"),
        ("notices", "0010_joined_to_others"),
        ("deadlines", "0001_deadlines"),
    ]

    operations = [
        migrations.AddField(
            model_name="waiting",
            name="due_at",
            field=models.DateTimeField(default=datetime(9999, 1, 1, tzinfo=UTC)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
