"""Files by the digest of their bytes."""

from django.db import models


class Blob(models.Model):
    """
    One file, once, whoever sent it.

    ``problem`` is the code of what keeps it from being read as a picture; such a file is kept as evidence and never
    shown. ``width`` and ``height`` are after EXIF rotation.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    media_type = models.CharField(max_length=60)
    width = models.IntegerField(null=True)
    height = models.IntegerField(null=True)
    problem = models.CharField(max_length=40, blank=True)
    stored_at = models.DateTimeField()
