"""What a body can have decided."""

from django.db import models


class Result(models.TextChoices):
    """What a body decided, seen from the party that went there."""

    FOR = "for", "for the party"
    PARTLY = "partly", "in part"
    AGAINST = "against", "for the platform"
