"""What came of telling an outside system something: it answered, or it is to be told again later, or never."""

from dataclasses import dataclass
from datetime import timedelta

from touchmark.engine.errors import TouchmarkError


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: a code, if the channel has codes, and the beginning of the text."""

    code: int | None = None
    excerpt: str = ""


class Later(TouchmarkError):
    """It did not take it now: try again, not before ``after`` if it asked for that."""

    def __init__(self, reason: str, *, after: timedelta | None = None, answer: Answer | None = None) -> None:
        super().__init__(reason)
        self.after = after
        self.answer = answer or Answer()


class Never(TouchmarkError):
    """It will not take this one, however often it is told."""

    def __init__(self, reason: str, *, answer: Answer | None = None) -> None:
        super().__init__(reason)
        self.answer = answer or Answer()
