"""What addresses and questions of several resources say: which one, which ones alone, since when."""

from typing import Annotated, Any

from ninja import Path, Query

from touchmark.api.forms import Moment

Ref = Annotated[str, Path(max_length=40, description="The reference, as letters and webhooks give it.")]
ID = Annotated[str | None, Query(max_length=200, description="Only those with this id.")]
Slug = Annotated[str | None, Query(max_length=60, description="Only those of this marketplace.")]
Since = Annotated[Moment | None, Query(description="Only those of this moment or later.")]


def given(filters: dict[str, Any]) -> dict[str, Any]:
    """Leave out of these filters what was not asked for."""
    return {name: value for name, value in filters.items() if value is not None}
