"""Body and headers of a webhook."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook
from standardwebhooks.webhooks import EmptyWebhookSecretError

from touchmark.engine.errors import TouchmarkError


class UnusableSecret(TouchmarkError):
    """The secret agreed with the receiver is not one: it is ``whsec_`` and base64."""


def body_of(payload: Mapping[str, Any], *, sequence: int) -> bytes:
    """The bytes of a message, the same at every try: compact JSON, its keys sorted, with its place in the order."""
    whole = {**payload, "sequence": sequence}
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def headers_of(*, secret: str, id: str, body: bytes, at: datetime) -> dict[str, str]:
    """
    The three headers of Standard Webhooks, and the type.

    ``secret`` may be two secrets with a space between: both sign, so that a secret can be changed without a gap.

    :raises UnusableSecret: if it is no secret
    """
    moment = at.astimezone(UTC)  # the library takes the wall clock's time for UTC, whatever its zone
    try:
        signatures = [Webhook(each).sign(id, moment, body.decode()) for each in secret.split()]
    except (ValueError, EmptyWebhookSecretError) as reason:
        raise UnusableSecret(f"The webhook's secret cannot be used: {reason}") from reason
    if not signatures:
        raise UnusableSecret("The webhook has no secret: nothing is sent unsigned.")
    return {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(moment.timestamp())),
        "webhook-signature": " ".join(signatures),
    }
