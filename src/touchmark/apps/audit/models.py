from django.db import models

from touchmark.engine.record.entry import Entry


class Event(models.Model):
    """
    One thing that happened. Written once; triggers refuse a change (``guard``).

    The actor's fields are plain numbers and text, no foreign keys: a person can be forgotten and the event stands.
    """

    id = models.BigAutoField(primary_key=True)
    stream = models.CharField(max_length=120)
    number = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=80)
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    roles = models.CharField(max_length=200)  # in what capacity: words of terms.Role, sorted, a space between
    payload = models.JSONField()
    salt = models.BinaryField(max_length=16)
    digest = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["stream", "number"], name="a_number_is_used_once_in_a_stream"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="numbers_in_a_stream_start_at_one"),
        ]
        indexes = [models.Index(fields=["-id"], condition=models.Q(kind="looked"), name="looks_newest_first")]

    def entry(self) -> Entry:
        """The event as the engine digests it."""
        return Entry(
            stream=self.stream,
            number=self.number,
            kind=self.kind,
            at=self.at,
            user=self.user_id,
            organisation=self.organisation_id,
            roles=self.roles,
            payload=self.payload,
        )


class Unsealed(models.Model):
    """
    An event that waits to be sealed: written with the event, removed with its sealing.

    A mark per event, not a cursor over ids: a transaction that commits late carries an id lower than others already
    sealed, and a cursor would step over it for good.
    """

    event = models.OneToOneField(Event, on_delete=models.PROTECT, primary_key=True, related_name="unsealed")


class Leaf(models.Model):
    """The place of an event in the log, for good. The digest is kept again here: an event cannot change alone."""

    index = models.PositiveBigIntegerField(primary_key=True)
    event = models.OneToOneField(Event, on_delete=models.PROTECT, related_name="leaf")
    digest = models.BinaryField(max_length=32)


class Checkpoint(models.Model):
    """A signed head of the log: its ``size`` first leaves have this ``root``. ``note`` is the text that was signed."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=8)  # hexadecimal, as in the key's text
    note = models.TextField()
    frontier = models.JSONField()  # hexadecimal roots of the complete subtrees, so that sealing reads no old leaf
