"""What shows where goods come from."""

from django.db import models


class ProofKind(models.TextChoices):
    """What a seller files."""

    INVOICE = "invoice", "invoice"
    AUTHORISATION = "authorisation", "authorisation"
