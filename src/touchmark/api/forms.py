"""What bodies are made of: texts that a database can keep, and moments that have a zone."""

from datetime import UTC, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, Field, model_validator

_FIRST, _LAST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def _within(moment: datetime) -> datetime:
    """Give a moment in UTC; those at the edges of the calendar, which no database keeps, as the edge."""
    try:
        return min(max(moment.astimezone(UTC), _FIRST), _LAST)
    except OverflowError:
        return _FIRST if moment.year == 1 else _LAST


Moment = Annotated[AwareDatetime, AfterValidator(_within)]
#: What is white to one dialect of regular expressions and not to another: a document has readers of many.
_BLANK = r"\s\u001c-\u001f\u0085\ufeff"
#: Something is said: there is more than white space.
INK = f"[^{_BLANK}]"
EMAIL = f"^[^@{_BLANK}]+@[^@{_BLANK}]+\\.[^@{_BLANK}]+$"
#: Words that say something: not blank.
Said = Annotated[str, Field(min_length=1, max_length=20_000, pattern=INK)]


class Body(Schema):
    """A body in which no NUL stands: PostgreSQL keeps none, and nobody writes one."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, said: Any) -> Any:
        values = getattr(said, "_obj", said)
        if isinstance(values, dict) and any("\0" in text for text in _texts(values)):
            raise ValueError("there is a NUL character in it")
        return said


def _texts(value: Any) -> Any:
    match value:
        case str():
            yield value
        case dict():
            for name, inner in value.items():
                yield from _texts(name)
                yield from _texts(inner)
        case list():
            for inner in value:
                yield from _texts(inner)
