"""Dear looks at pictures: when a picture is looked at more closely, and when its words are read."""

from dataclasses import dataclass
from enum import StrEnum

from touchmark.engine.screening.image.embedding import Similar
from touchmark.engine.screening.image.lines import Reader


class When(StrEnum):
    """When a dear look is taken. ``ASKED``: where something else speaks for it (``asked``)."""

    NEVER = "never"
    ASKED = "asked"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """
    What is done with pictures beyond the cheap look that all of them get.

    :ivar closer: the look for parts of registered pictures (``image.closer``)
    :ivar reading: reading the words in them; without a ``reader`` nothing is read
    :ivar similar: the snapshot's pictures as a model of the operator's sees them: ``snapshot.similar.similar_to``
    """

    closer: When = When.ASKED
    reading: When = When.ASKED
    reader: Reader | None = None
    similar: Similar | None = None
