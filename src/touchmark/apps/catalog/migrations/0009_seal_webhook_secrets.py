"""Seal the secrets of webhooks under the site's secret key, and open them again on the way back."""

from collections.abc import Callable
from typing import Any

from django.db import migrations

from touchmark.apps.accounts.sealed import seal, unseal

PURPOSE = "webhook"


def _each(apps: Any, turned: Callable[[str, str], str]) -> None:
    for row in apps.get_model("catalog", "Marketplace").objects.exclude(webhook_secret="").order_by("pk"):
        row.webhook_secret = " ".join(turned(word, PURPOSE) for word in row.webhook_secret.split(" "))
        row.save(update_fields=["webhook_secret"])


def _seal(apps: Any, _schema: Any) -> None:
    _each(apps, seal)


def _open(apps: Any, _schema: Any) -> None:
    _each(apps, unseal)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0008_room_for_sealed_secrets")]

    operations = [migrations.RunPython(_seal, _open)]
