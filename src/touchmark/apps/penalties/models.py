"""Which steps of the ladders shops have reached, and which ladder a marketplace follows."""

from django.db import models

from touchmark.apps.accounts.models import User
from touchmark.apps.catalog.models import Marketplace, Seller
from touchmark.apps.decisions.models import Decision


class Consequence(models.Model):
    """
    A step of a track that a shop has reached, and is on until ``left_at``.

    ``refs`` are the decisions that counted then; ``less_at`` is when the first of those that count now expires. The
    highest step that is reached at once is acted on: by a letter, or by the ``decision`` that was proposed. One that
    ``waits`` is still to be proposed: something else stands on the seller, or the site was stopped before it was.
    """

    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="consequences")
    ladder = models.CharField(max_length=60)
    track = models.CharField(max_length=30)
    step = models.PositiveIntegerField()  # the amount from which on it follows
    kind = models.CharField(max_length=20)  # a consequence of the ladder: warning, listing_ban, hold, closing
    days = models.PositiveIntegerField(null=True)
    refs = models.JSONField(default=list)
    reached_at = models.DateTimeField()
    less_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    waits = models.BooleanField(default=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "ladder", "track", "step"],
                condition=models.Q(left_at=None),
                name="a_step_is_reached_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(waits=False) | models.Q(decision=None), name="what_is_proposed_waits_no_more"
            ),
        ]
        indexes = [
            models.Index(fields=["less_at"], condition=models.Q(left_at=None), name="steps_that_will_be_left"),
            models.Index(fields=["id"], condition=models.Q(left_at=None, waits=True), name="steps_to_be_proposed"),
        ]


class Following(models.Model):
    """Which ladder a marketplace follows, where it is not the platform's own."""

    marketplace = models.OneToOneField(Marketplace, on_delete=models.PROTECT, related_name="+")
    ladder = models.CharField(max_length=60)
    since = models.DateTimeField()
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")


class Looked(models.Model):
    """
    Up to which event of the record, and which assessment, by key, was looked at: one row.

    Looking back, it is done with the decisions up to ``back_after``, and among those up to ``back_upto`` with the
    listings up to ``back_listing``.
    """

    reached = models.BigIntegerField(default=0)
    screened = models.BigIntegerField(default=0)
    back_after = models.BigIntegerField(default=0)
    back_upto = models.BigIntegerField(default=0)
    back_listing = models.BigIntegerField(default=0)


class Trace(models.Model):
    """By what a removed listing is known again: the sketch of its title, the codes of its pictures, as bytes."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="+")
    seller = models.ForeignKey(Seller, on_delete=models.PROTECT, related_name="+")
    sketch = models.BinaryField()
    codes = models.BinaryField()
