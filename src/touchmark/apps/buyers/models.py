"""The duty to inform buyers."""

from django.db import models

from touchmark.apps.decisions.models import Decision
from touchmark.engine.lifecycle.buyers import BuyersStatus


class Duty(models.Model):
    """
    That those who bought a listing's goods since ``bought_since`` are informed, because of a decision.

    ``content`` is what they are told, and what is published where they are not all known: the product, who sold it,
    why it is illegal, where to turn. It is kept as it was said.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="buyers")
    status = models.CharField(max_length=20, choices=[(status.value, status.value) for status in BuyersStatus])
    bought_since = models.DateField()
    content = models.JSONField()
    asked_at = models.DateTimeField()
    informed_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["asked_at"], condition=models.Q(status="overdue"), name="buyers_to_be_informed"),
            models.Index(
                fields=["-published_at"], condition=models.Q(status="published"), name="illegal_products_published"
            ),
        ]

    def __str__(self) -> str:
        return str(self.decision)


class Said(models.Model):
    """
    What a marketplace said that it did: how many buyers it told in all, how many it could not reach. Nobody's name.

    The last one counts.
    """

    duty = models.ForeignKey(Duty, on_delete=models.PROTECT, related_name="said")
    told = models.PositiveBigIntegerField()
    unreachable = models.PositiveBigIntegerField()
    told_at = models.DateTimeField()
    how = models.CharField(max_length=200)
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["said_at", "id"]
