"""
The views under which a text is compared with the marks: each is a fold, and the next ones (leet, repeated letters,
deletions, glued words, pinyin, …) will each say here how they read both sides.

A view later in the list is asked only where an earlier one can miss, and an earlier one wins for the same place.
"""

from dataclasses import dataclass

from touchmark.engine.screening.text.fold import Fold
from touchmark.engine.terms import Way


@dataclass(frozen=True, slots=True)
class View:
    """One way of reading: texts and marks are folded by ``fold`` and must then agree letter by letter."""

    name: str
    fold: Fold
    way: Way  # the best that a place found under this view can be
    only_lookalikes: bool  # looks only at texts, and finds only places, with a letter on which the folds differ


PLAIN = View("plain", Fold.PLAIN, Way.PLAIN, only_lookalikes=False)
VISUAL = View("visual", Fold.VISUAL, Way.DISGUISED, only_lookalikes=True)

VIEWS: tuple[View, ...] = (PLAIN, VISUAL)
