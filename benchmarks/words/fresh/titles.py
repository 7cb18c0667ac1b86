"""Real titles that neither of the other parts shows: as a case, or as the title around a name."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from benchmarks.words import first, material
from benchmarks.words.cases import Slot
from benchmarks.words.fresh.names import rows

Row = tuple[str, str, str, str]
#: Letters by which the end, or where that is short the beginning, of a title is looked up.
_KEY = 12


@cache
def free(data: Path) -> tuple[tuple[Row, Slot | None], ...]:
    """(source, title, brand, category) of what the others leave, with the room for a name where there is one."""
    shown = {case.title for part, each in first.EACH.items() for case in first.made(data, part, each)[1]}
    every = {row[1]: (row, material.slot_of(*row)) for row in material.rows(data)}
    around = _around(shown, {slot for _, slot in every.values() if slot})
    kept = (pair for title, pair in every.items() if title not in shown and pair[1] not in around)
    return tuple(sorted(kept, key=lambda pair: pair[0]))


def slots(data: Path) -> list[Slot]:
    """Room for names: in real titles, each once, and in those written for this part."""
    found = {(slot.before, slot.after): slot for (_, title, _, _), slot in free(data) if slot and _fit(title)}
    return sorted(found.values(), key=lambda slot: (slot.source, slot.before, slot.after))


def written() -> list[Slot]:
    """Titles of our own, for languages and goods that the real ones hardly have."""
    found = []
    for row in rows("templates.csv"):
        before, _, after = row["title"].partition("{}")
        found.append(Slot("written", before, after, "", row["goods"], row["language"]))
    return found


def _fit(title: str) -> bool:
    return material.digest(title) not in material.read_by_eye()


def _around(shown: Iterable[str], slots: Iterable[Slot]) -> set[Slot]:
    """Slots that stand around a name in a title that is shown."""
    by: dict[tuple[bool, str], list[Slot]] = defaultdict(list)
    for slot in slots:
        before, after = slot.before.strip(), slot.after.strip()
        by[(True, after[-_KEY:]) if len(after) >= _KEY else (False, before[:_KEY])].append(slot)
    found: set[Slot] = set()
    for title in shown:
        text = title.strip()
        near = (*by.get((True, text[-_KEY:]), ()), *by.get((False, text[:_KEY]), ()))
        found |= {s for s in near if text.startswith(s.before.strip()) and text.endswith(s.after.strip())}
    return found
