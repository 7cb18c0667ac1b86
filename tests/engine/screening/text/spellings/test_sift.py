"""What is left out before letters are compared would have come to nothing; what is the same is found the same."""

from collections.abc import Iterator
from dataclasses import replace
from unittest.mock import patch

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings
from tests.engine.screening.text.places import marks

from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.text.marks import Marks
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.spellings import find
from touchmark.engine.screening.text.spellings.align import MOST_CELLS
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.distinct import Distinct
from touchmark.engine.screening.text.spellings.keyring import Keyring
from touchmark.engine.screening.text.spellings.memo import Memos
from touchmark.engine.screening.text.spellings.proposals import Proposals
from touchmark.engine.screening.text.spellings.readings.ask import WITHIN
from touchmark.engine.screening.text.spellings.readings.read import Readings

MARKS = marks(
    "Gucci",
    "Louis Vuitton",
    "Balenciaga",
    "Tommy Hilfiger",
    "Samsung",
    "Phoebe Philo",
    "Buckler",
    "Xerox",
    "Ralph Lauren",
    "Hublot Geneve",
    "Moorn Valley",
    "G2000",
    "Kaiser Crown",
    "Lauren Crown",
    "Lauren",
)
WORDS = [mark.lower() for mark in MARKS.text.to_pylist()] + ["bag", "new", "for", "vuitton geneve", "lauren"]

#: What is done to the letters of a word at a place.
EDITS = st.sampled_from(["drop", "double", "swap", "put", "sign", "mask", "space", "vowels", "capital", "draw"])
ALIKE = {
    "a": "@",
    "e": "3",
    "i": "1",
    "o": "0",
    "s": "$",
    "m": "rn",
    "d": "cl",
    "w": "vv",
    "f": "ph",
    "u": "oo",
    "l": "i",
}


def edited(word: str, edit: str, place: int, letter: str) -> str:
    """Do something to a word."""
    at = place % len(word) if word else 0
    before, here, after = word[:at], word[at : at + 1], word[at + 1 :]
    return {
        "drop": before + after,
        "double": before + here * 2 + after,
        "swap": before + after[:1] + here + after[1:],
        "put": before + letter + after,
        "sign": before + here + "-" + after,
        "mask": before + "*" + after,
        "space": before + here + " " + after,
        "vowels": before + "".join(char for char in here + after if char not in "aeiou"),
        "capital": before + here.upper() + after,
        "draw": before + ALIKE.get(here, here) + after,
    }[edit]


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Words, some of them marks, with a few edits each."""
    chosen = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
    for number in range(len(chosen)):
        for edit, place, letter in draw(
            st.lists(st.tuples(EDITS, st.integers(0, 20), st.sampled_from("aehilnrstk2")), max_size=3)
        ):
            chosen[number] = edited(chosen[number], edit, place, letter)
    return draw(st.sampled_from([" ", " ", "", "-"])).join(chosen)


def everything(proposed: Proposals, *_: object) -> Proposals:
    """Leave nothing out."""
    return proposed


def every_part(proposed: Proposals, _folded: object, ring: Keyring) -> Proposals:
    """Leave out no word of a mark."""
    return proposed.taken((proposed.entry >= len(ring.spelled)) & (proposed.view <= WITHIN))


def anywhere(part: Proposals, same: Distinct, _folded: object, cut: Cut, ring: Keyring) -> Proposals:
    """Look for whole marks around every word of one."""
    near, _ = same.spread(part)
    rows = np.array(list(around(near, cut, ring)), np.int64).reshape(-1, 4)
    which, spelling, left, right = np.ascontiguousarray(rows.T)
    near = near.taken(which)
    return Proposals(cut.start[left], cut.end[right], spelling, 0 * left, left, right, near.reading)


def around(near: Proposals, cut: Cut, ring: Keyring) -> Iterator[tuple[int, int, int, int]]:
    """Give, for each word of a mark, the marks that hold it and the words that they would be; by their numbers."""
    entries = ring.entries
    for row, entry in enumerate(near.entry):
        for member in range(entries.member_bounds[entry], entries.member_bounds[entry + 1]):
            left, right = near.word[row] - entries.before[member], near.last_word[row] + entries.after[member]
            inside = left >= 0 and right < len(cut) and cut.text[left] == cut.text[right]
            if inside and cut.end[right] - cut.start[left] <= MOST_CELLS:
                yield row, int(entries.members[member]), int(left), int(right)


def each_by_itself(read: Readings, *_: object) -> Distinct:
    """Take no two readings for the same."""
    every = np.arange(len(read))
    return Distinct(read, every, every, np.arange(len(read) + 1), every)


def afresh() -> Marks:
    """The marks, with nothing remembered."""
    return replace(MARKS, memos=Memos())


@settings(max_examples=200)
@given(st.lists(texts(), min_size=4, max_size=12))
@example(["Ralf Lauhren", "balncg bag", "L**is Vuitton", "vuiton", "ttommy  hilfige", "Phoebe Philoo"])
def test_what_is_left_out_would_have_come_to_nothing(titles: list[str]) -> None:
    batch = listings(*({"title": title} for title in titles))
    sifted = match_text(batch, afresh())
    with (
        patch.object(find, "hopeful", everything),
        patch.object(find, "parts", every_part),
        patch.object(find, "in_company", anywhere),
    ):
        whole = match_text(batch, afresh())
    same_hits(sifted, whole)


@settings(max_examples=60)
@given(st.lists(texts(), min_size=2, max_size=6), st.data())
def test_words_that_recur_are_found_as_if_each_stood_alone(titles: list[str], data: st.DataObject) -> None:
    again = [data.draw(st.sampled_from([title, title.upper(), title.title(), f"{title} bag"])) for title in titles]
    batch = listings(*({"title": title} for title in titles + again))
    once = match_text(batch, afresh())
    with patch.object(Distinct, "of", each_by_itself):
        same_hits(once, match_text(batch, afresh()))


def same_hits(one: Hits, other: Hits) -> None:
    """Require that two results are the same."""
    for name in Hits.__dataclass_fields__:
        assert np.array_equal(getattr(one, name), getattr(other, name)), name


def test_most_of_what_is_proposed_is_left_out() -> None:
    seen: list[tuple[int, int]] = []
    hopeful = find.hopeful

    def watched(proposed: Proposals, *rest: object) -> Proposals:
        kept = hopeful(proposed, *rest)  # type: ignore[arg-type]
        seen.append((len(proposed), len(kept)))
        return kept

    with patch.object(find, "hopeful", watched):
        match_text(listings({"title": "blnkg hublt genve bucklor vuittn rlph lvrn vyttn"}), afresh())
    assert seen
    assert seen[0][1] < seen[0][0]
