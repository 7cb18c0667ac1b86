"""Where organisations hear of what concerns them."""

from django.db import models

from touchmark.apps.accounts.models import Organisation


class Receiver(models.Model):
    """
    The address that an organisation agreed, and the secrets that sign, sealed, with a space between two.

    ``stopped_at``: nothing is sent any more, because nobody took it for long; its people start it again.
    """

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, primary_key=True, related_name="receiver"
    )
    url = models.CharField(max_length=500)
    secret = models.TextField()
    agreed_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    stopped_because = models.TextField(blank=True)


class Warned(models.Model):
    """That a clock will soon end was told once of each moment at which it was to end; ``deadline`` is its key."""

    deadline = models.BigIntegerField()
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deadline", "due_at"], name="an_end_is_told_of_once")]
