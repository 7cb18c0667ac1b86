"""A marketplace has answered a webhook: what that means for the decision it was told of."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from touchmark.apps.decisions import actions as decisions


def hear(payload: Mapping[str, Any], *, at: datetime) -> None:
    """Record that the marketplace carried out what this webhook told it; it answers 2xx only once it has."""
    decisions.hear(ref=payload["data"]["decision"], event_type=payload["type"], at=at)
