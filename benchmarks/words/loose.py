"""A reader who sees a mark more often than it is there: what it does not see can be trusted not to be there."""

from collections.abc import Iterable

from benchmarks.words.cases import Mark
from benchmarks.words.letters import letters, words

#: Parts of names of fewer letters are most likely others.
LEAST_PART = 5
#: Names are looked up by so many of their first letters.
BEGINNING = 2


class LooseReader:
    """Sees marks within words, by a part of the name, by its other names, and by a mask after the first letters."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        """Learn the names."""
        self.within: set[str] = set()
        self.as_words: set[str] = set()
        self.as_text: set[str] = set()
        for mark in marks:
            names = [mark.text, *mark.aliases, *(name for _, name in mark.local), *mark.respelt]
            for name in names:
                (self.as_words if len(letters(name)) < 4 and name.isascii() else self.within).add(letters(name))
            if mark.source == "known":
                parts = {letters(word) for word in mark.text.split() if " " in mark.text}
                self.as_words |= {word for word in parts if len(word) >= LEAST_PART}
                self.as_words |= {letters(mark.text)}
        self._short = {name for name in self.within if len(name) < BEGINNING}
        begun: dict[str, tuple[str, ...]] = {}
        for name in sorted(self.within - self._short):
            begun[name[:BEGINNING]] = (*begun.get(name[:BEGINNING], ()), name)
        self._begun = begun

    def sees(self, text: str) -> bool:
        """Whether a text may name a mark."""
        return bool(self.as_words & set(words(text))) or self._within(letters(text))

    def _within(self, whole: str) -> bool:
        """Whether a name stands in these letters: asked at each letter of the few that begin there."""
        return any(
            whole.startswith(self._begun.get(whole[at : at + BEGINNING], ()), at) for at in range(len(whole))
        ) or any(name in whole for name in self._short)
