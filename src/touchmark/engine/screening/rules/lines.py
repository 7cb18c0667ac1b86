"""Where something stands in a file of rules: the parser does not say, and people look for a line."""

import re
from collections.abc import Sequence

_RULE = re.compile(r"^\s*\[\[\s*rule\s*\]\]")
_TABLE = re.compile(r"^\s*\[\s*rule\s*\.\s*(\w+)\s*\]\s*(#.*)?$")


class Lines:
    """The lines of a file, found again by what stands there. Written in one line, a table is where its name is."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._rules = [number for number, line in enumerate(self._lines) if _RULE.match(line)]

    def of(self, rule: int | None, path: Sequence[str] = ()) -> int:
        """Give the line, counted from 1, of an entry: of the file, or of the ``rule``-th rule, down a path of names."""
        first, last = self._block(rule)
        for depth, name in enumerate(path):
            table = depth + 1 < len(path) or not self._key(name, first, last)
            found = self._table(name, first, last) if table else None
            first = found if found is not None else (self._key(name, first, last) or first)
        return first + 1

    def _block(self, rule: int | None) -> tuple[int, int]:
        """Before the first rule stands what belongs to the file."""
        if rule is None or rule >= len(self._rules):
            return 0, self._rules[0] if self._rules else len(self._lines)
        after = self._rules[rule + 1] if rule + 1 < len(self._rules) else len(self._lines)
        return self._rules[rule], after

    def _table(self, name: str, first: int, last: int) -> int | None:
        return next((n for n in range(first, last) if (m := _TABLE.match(self._lines[n])) and m[1] == name), None)

    def _key(self, name: str, first: int, last: int) -> int | None:
        key = re.compile(rf"""^(.*[\s{{,])?["']?{re.escape(name)}["']?\s*=""")
        return next((n for n in range(first, last) if key.match(self._lines[n])), None)
