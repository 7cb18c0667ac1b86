"""What is wrong with a value somebody gave, in words that say what to do about it."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["refused", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    """
    One unusable value: the row of its file, the column, and the remedy.

    ``refused`` leaves the whole row out; ``warning`` leaves the value out and uses the rest. The fields are the columns
    of ``schemas.REFUSED``.
    """

    row: int
    column: str
    value: str | None
    reason: str
    remedy: str
    severity: Severity = "warning"
