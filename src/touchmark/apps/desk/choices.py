"""What was chosen, as plain values that are kept beside a listing until it is carried out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground

if TYPE_CHECKING:
    from touchmark.apps.registry.models import Right


def as_json(choice: Choice) -> dict[str, Any]:
    """Give a choice as plain values; its right and its key are kept beside it."""
    kept = (field.name for field in fields(choice) if field.name not in ("right", "request_key"))
    return {name: _plain(getattr(choice, name)) for name in kept}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    return list(value) if isinstance(value, tuple) else value


def from_json(kept: Mapping[str, Any], *, right: Right | None, request_key: UUID) -> Choice:
    """Give what was chosen, as it was."""
    values = {name: _back(value) for name, value in kept.items()}
    said = {field.name: values[field.name] for field in fields(Choice) if field.name in values}
    said["kind"] = DecisionKind(said["kind"])
    said["ground"] = Ground(said["ground"]) if said.get("ground") else None
    return Choice(**said | {"right": right, "request_key": request_key})


def _back(value: Any) -> Any:
    if isinstance(value, dict):
        return datetime.fromisoformat(value["at"])
    return tuple(value) if isinstance(value, list) else value
