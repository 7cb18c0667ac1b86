"""What is remembered from batch to batch changes nothing of what is found, however little of it there is room for."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.screening.scene import listings
from tests.engine.screening.text.spellings.test_sift import MARKS, afresh, same_hits, texts

from touchmark.engine.screening.hits import Hits
from touchmark.engine.screening.text.marks import Marks
from touchmark.engine.screening.text.match import match_text
from touchmark.engine.screening.text.spellings import memo, told
from touchmark.engine.screening.text.spellings.memo import Memo, Memos
from touchmark.engine.screening.text.spellings.told import Told


def found(titles: Sequence[str], marks: Marks) -> Hits:
    return match_text(listings(*({"title": title} for title in titles)), marks)


@settings(max_examples=100)
@given(st.lists(st.lists(texts(), min_size=1, max_size=5), min_size=2, max_size=4), st.data())
def test_what_was_screened_before_changes_nothing(batches: list[list[str]], data: st.DataObject) -> None:
    known, every = afresh(), [title for titles in batches for title in titles]
    for titles in batches:
        more = [data.draw(st.sampled_from([title, title.upper(), f"new {title}"])) for title in every]
        same_hits(found([*titles, *more], known), found([*titles, *more], afresh()))


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(texts(), min_size=1, max_size=5), min_size=2, max_size=4))
def test_a_memo_without_room_forgets_and_finds_the_same(
    monkeypatch: pytest.MonkeyPatch, batches: list[list[str]]
) -> None:
    monkeypatch.setattr(memo, "PLACES", 64)
    monkeypatch.setattr(told, "READINGS", 8)
    monkeypatch.setattr(told, "ROWS", 16)
    known = replace(MARKS, memos=Memos())
    for titles in [*batches, *batches]:
        same_hits(found(titles, known), found(titles, afresh()))


def test_words_known_to_hide_nothing_are_not_asked_about_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    from touchmark.engine.screening.text.spellings import find

    proposals = find.proposals
    monkeypatch.setattr(find, "proposals", lambda *args: asked.append(len(args[1])) or proposals(*args))
    known = afresh()
    for _ in range(2):
        found(["wooden spxon of beechwud", "gucci handbagg, brwn"], known)
    assert asked[0] > 0
    assert asked[1] == 0


def test_a_memo_is_lent_to_one_batch_at_a_time() -> None:
    memos = Memos()
    one, other = memos.lent(), memos.lent()
    assert one is not other
    memos.given_back(one)
    memos.given_back(other)
    assert memos.lent() is one
    assert memos.idle == []


def test_a_full_memo_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memo, "PLACES", 8)
    kept = Memo()
    for key in range(1, 20):
        kept.keep(np.array([key * 77], np.uint64))
        assert 0 < kept.held <= 4


def test_a_memo_grows_with_what_it_holds_and_forgets_nothing_by_it() -> None:
    kept, keys = Memo(), np.arange(1, memo.FIRST_PLACES, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for some in np.array_split(keys, 9):
        kept.keep(some)
    kept.keep(keys)
    assert kept.held == len(keys)
    assert memo.FIRST_PLACES < len(kept.slots) <= memo.PLACES
    assert np.isin(keys, kept.slots).all()


def test_what_readings_come_to_is_told_as_it_was_kept() -> None:
    rows = np.arange(20, dtype=np.int64).reshape(5, 4)
    held = Told()
    held.keep(np.array([5, 6, 7], np.uint64), np.array([2, 0, 2, 0, 0]), rows)
    numbers = held.numbers(np.array([7, 9, 5, 6], np.uint64))
    assert (numbers >= 0).tolist() == [True, False, True, True]
    told_of, of = held.of(numbers[[0, 2, 3]])
    assert told_of[of == 0].tolist() == rows[[0, 2]].tolist()
    assert told_of[of == 1].tolist() == rows[[1, 3, 4]].tolist()
    assert not (of == 2).any()
