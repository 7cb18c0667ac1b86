"""What waits for somebody, as a card of a first page: what it is about, where it is done, by when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from touchmark.web.ui.due import Due

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do, or to wait for. ``due`` is empty where no clock runs; ``button`` says what is done there."""

    heading: str
    about: str
    address: str
    badge: dict[str, str]
    due: list[Due] = field(default_factory=list)
    button: str = ""

    @property
    def falls_due(self) -> datetime:
        """When the first of its clocks falls due; never, where none runs or all stand still."""
        return min((one.until for one in self.due if one.until), default=NEVER)


def urgent_first(found: Iterable[Waiting]) -> list[Waiting]:
    """Put what falls due first, first; what never does, last."""
    return sorted(found, key=lambda waiting: waiting.falls_due)
