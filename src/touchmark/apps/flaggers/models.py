"""Trusted flaggers, and what was reported of them to their coordinators."""

from django.db import models

from touchmark.apps.accounts.models import Organisation, User
from touchmark.engine.lifecycle.flagger import FlaggerStatus

#: Where the status counts or may count again: an organisation has one such at a time.
STANDING = (FlaggerStatus.ACTIVE.value, FlaggerStatus.SUSPENDED.value)


class Flagger(models.Model):
    """
    An organisation's status, as a coordinator awarded it; ``expertise`` are kinds of right, blank for all of them.

    ``ends_on`` is its last day; without one it holds until it is revoked. ``why`` says why it stands where it does.
    """

    ref = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    coordinator = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    coordinator_email = models.EmailField()
    decision = models.CharField(max_length=100)  # the coordinator's own number
    expertise = models.JSONField(default=list)
    awarded_on = models.DateField()
    ends_on = models.DateField(null=True)
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in FlaggerStatus])
    why = models.TextField(blank=True)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(status__in=STANDING),
                name="an_organisation_is_a_trusted_flagger_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("awarded_on")),
                name="a_trusted_flagger_ends_after_it_began",
            ),
        ]
        ordering = ["-entered_at", "-id"]

    def __str__(self) -> str:
        return self.organisation.name


class Report(models.Model):
    """What a coordinator was told of a trusted flagger's notices (art. 22(6)): the numbers as they stood, and why."""

    flagger = models.ForeignKey(Flagger, on_delete=models.PROTECT, related_name="reports")
    numbers = models.JSONField()
    text = models.TextField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-id"]
