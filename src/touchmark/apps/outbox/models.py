import uuid

from django.db import models
from django.db.models import Q


class State(models.TextChoices):
    WAITING = "waiting", "waiting"
    CARRIED = "carried", "carried"
    GIVEN_UP = "given_up", "given up"


class Message(models.Model):
    """
    One thing to be told to one receiver. ``kind`` names the handler, ``to`` is a key that the handler understands.

    ``subject`` is what the message is about, as the receiver knows it; messages of one kind to one receiver about one
    subject are numbered by ``sequence`` and carried in that order. Blank: no order, sequence 0.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.CharField(max_length=80)
    to = models.CharField(max_length=320)  # wide enough for an e-mail address
    subject = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveBigIntegerField(default=0)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)  # since it was put, or put back
    lease_until = models.DateTimeField(null=True)  # while a worker has it in hand
    lease_owner = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=200, blank=True)  # how it was before, written before it is touched

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "to", "subject", "sequence"],
                condition=~Q(subject=""),
                name="messages_about_a_subject_are_numbered",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_message_is_in_a_known_state"),
            models.CheckConstraint(
                condition=Q(state=State.WAITING) | Q(lease_until=None), name="only_a_waiting_message_is_in_hand"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(state=State.WAITING), name="outbox_waiting_by_due"),
            models.Index(fields=["state", "-created_at"], name="outbox_by_state"),
            models.Index(fields=["to", "-created_at"], name="outbox_by_receiver"),
            models.Index(fields=["subject", "-created_at"], name="outbox_by_subject"),
        ]


class Outcome(models.TextChoices):
    """How an attempt ended. ``IN_HAND`` has not; if its worker died, the next claim marks it ``BROKEN_OFF``."""

    IN_HAND = "in_hand", "in hand"
    CARRIED = "carried", "carried"
    LATER = "later", "to be tried again"
    NEVER = "never", "refused for good"
    FAILED = "failed", "failed on our side"
    BROKEN_OFF = "broken_off", "broken off"


class Attempt(models.Model):
    """One try at a message, written when it begins, so that a try that never came back is seen too."""

    id = models.BigAutoField(primary_key=True)
    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="tries")
    number = models.PositiveIntegerField()
    at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.IN_HAND)
    answer_code = models.PositiveIntegerField(null=True)
    answer_excerpt = models.TextField(blank=True)
    error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="tries_at_a_message_are_numbered"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="a_try_has_a_known_outcome"),
        ]
