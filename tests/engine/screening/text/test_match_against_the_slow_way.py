"""What the plain view finds is what an obvious, slow matcher finds, whatever the words."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.screening.text.places import marks, places


def slowly(mark: str, title: str) -> list[tuple[int, int]]:
    """What is found plain, told the obvious way: windows of words, letter by letter, left to right."""
    letters = re.sub(r"[ -]", "", mark)
    joints = {len(re.sub(r"[ -]", "", mark[: joint.start()])) for joint in re.finditer("[ -]", mark)}
    joints |= {joint.start() for joint in re.finditer(r"(?<=[a-z])(?=[0-9])", letters)}
    words = [match.span() for match in re.finditer(r"[a-z]+|[0-9]+", title)]
    found: list[tuple[int, int]] = []
    for first in range(len(words)):
        so_far, pieces, inserted = "", [], False
        for start, end in words[first:]:
            inserted |= bool(so_far) and title[start - 1] == " " and len(so_far) not in joints
            so_far += title[start:end]
            pieces.append(end - start)
            if (
                so_far == letters
                and (not inserted or enough(pieces))
                and (not found or words[first][0] >= found[-1][1])
            ):
                found.append((words[first][0], end))
    return found


def enough(pieces: list[int]) -> bool:
    """Whether a mark that is written in so many pieces more than its own is still more likely that mark."""
    return (max(pieces) == 1 and len(pieces) >= 4) or (min(pieces) >= 3 and sum(pieces) >= 8)


SLOW_MARKS = {
    text: marks(text) for text in ("abca", "ab ca", "ab-abc", "ca-ca", "ab ab", "abab", "bca ab", "ab-ca-ab", "caabc")
}
PIECES = st.lists(st.sampled_from(["ab", "abc", "ca", "b1", "12", "bca"]), min_size=1, max_size=3).map("".join)


@settings(max_examples=200)
@given(st.sampled_from(sorted(SLOW_MARKS)), st.lists(PIECES, max_size=8).map(" ".join))
def test_the_plain_view_finds_what_the_slow_way_finds(mark: str, title: str) -> None:
    found = [(place.start, place.end) for place in places(SLOW_MARKS[mark], title) if place.way == "plain"]
    assert found == slowly(mark, title)


LONG_MARKS = {text: marks(text) for text in ("abcabcab", "abca bcabca", "abc-abc-abc", "abca", "a bcab1")}


@settings(max_examples=200)
@given(st.sampled_from(sorted(LONG_MARKS)), st.data())
def test_spaces_put_into_a_mark_are_told_as_the_slow_way_tells_them(mark: str, data: st.DataObject) -> None:
    letters = re.sub("[ -]", "", mark)
    cuts = data.draw(st.one_of(st.just(set(range(99))), st.sets(st.integers(1, len(letters) - 1), max_size=3)))
    written = "".join(" " * (at in cuts and at > 0) + letter for at, letter in enumerate(letters))
    title = data.draw(st.sampled_from(["{}", "ab {} ca", "{} {}", "a{}", "{} b c", "12{}ab"])).format(written, written)
    found = [(place.start, place.end) for place in places(LONG_MARKS[mark], title) if place.way == "plain"]
    assert found == slowly(mark, title)
