"""Write the row of every listing that waits now, in steps of a few thousand: nothing is locked for long."""

import hashlib

from django.db import migrations
from django.db.models import Q

STEP = 2_000


def fill(apps, schema_editor):
    """Go through what waits by the order of keys; a row that is there already is left as it is."""
    notices = apps.get_model("notices", "Notice")
    assessments = apps.get_model("screening", "Assessment")
    current = assessments.objects.filter(superseded_at=None)
    open_now = current.filter(settled_at=None).filter(~Q(verdict="clear") | Q(sampled=True))
    told = {}
    for notice in notices.objects.filter(status="received").order_by("-filed_at"):
        count = told.get(notice.listing_id, (0,))[0]
        told[notice.listing_id] = (count + 1, notice.filed_at, notice.right_id)
    reported = sorted(told)
    for start in range(0, len(reported), STEP):
        keys = reported[start : start + STEP]
        write(apps, keys, {a.listing_id: a for a in current.filter(listing_id__in=keys)}, told)
    last = 0
    while step := list(open_now.filter(pk__gt=last).order_by("pk")[:STEP]):
        last = step[-1].pk
        write(apps, [a.listing_id for a in step], {a.listing_id: a for a in step}, told)


def write(apps, keys, current, told):
    from touchmark.apps.screening.languages import language_of
    from touchmark.engine.policy.safety import critical

    waiting, listings = apps.get_model("screening", "Waiting"), apps.get_model("catalog", "Listing")
    rights = strongest(apps, {a.pk: key for key, a in current.items()})
    named = {key: told[key][2] if key in told else rights.get(key) for key in keys}
    found = apps.get_model("registry", "Right").objects.filter(pk__in=set(named.values()) - {None})
    brands = {
        pk: fold(brand or text or owner)
        for pk, brand, text, owner in found.values_list("pk", "brand__name", "text", "owner")
    }
    rows = []
    for listing in listings.objects.filter(pk__in=keys):
        assessment = current.get(listing.pk)
        waits = (
            assessment is not None
            and assessment.settled_at is None
            and (assessment.verdict != "clear" or assessment.sampled)
        )
        count, reported_at, _ = told.get(listing.pk, (0, None, None))
        moments = [m for m in (assessment.made_at if waits else None, reported_at) if m]
        safety = critical(listing.category, on=min(moments).date())
        rows.append(
            waiting(
                listing=listing,
                assessment=assessment if waits else None,
                notices=count,
                rank=(0 if count else 2) + (0 if safety else 1),
                doubt=1.0 - (assessment.risk if assessment else 0.0),
                verdict=assessment.verdict if waits else "",
                assessed_at=assessment.made_at if waits else None,
                reported_at=reported_at,
                since=min(moments),
                marketplace_id=listing.marketplace_id,
                seller_id=listing.seller_id,
                right_id=named[listing.pk],
                brand=brands.get(named[listing.pk], ""),
                category=fold(listing.category),
                safety=safety,
                language=language_of(listing.title, listing.description),
                text_key=text_key(listing.title, listing.description),
                views=listing.views or 0,
                sold=listing.sold_count or 0,
            )
        )
    waiting.objects.bulk_create(rows, ignore_conflicts=True)


def strongest(apps, listing_of):
    found = apps.get_model("screening", "Finding").objects.filter(assessment_id__in=list(listing_of)).order_by("id")
    best = {}
    for assessment, right, way, confidence in found.values_list("assessment_id", "right_id", "way", "confidence"):
        key, rank = listing_of[assessment], (way != "referential", confidence)
        if key not in best or rank > best[key][0]:
            best[key] = (rank, right)
    return {key: right for key, (_, right) in best.items()}


def text_key(title, description):
    words = f"{' '.join(title.split())}\n{' '.join(description.split())}".casefold()
    return hashlib.sha256(words.encode()).hexdigest()[:32]


def fold(name):
    return " ".join(name.split()).casefold()[:300]


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("screening", "0005_what_waits_at_the_desk"),
        ("notices", "0001_notices"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
