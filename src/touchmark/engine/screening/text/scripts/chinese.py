"""Find Chinese names of marks that are written with other characters than registered."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import Folded, kinds
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.letters import Kind
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask
from touchmark.engine.screening.text.scripts.names import APART, LEAST, LEAST_APART, Names
from touchmark.engine.screening.text.scripts.propose import (
    LOOK,
    MASKED,
    NEAR,
    PARTED,
    PINYIN,
    SAME,
    SOUND,
    SWAPPED,
    UNWRITTEN,
    Proposals,
    proposals,
)
from touchmark.engine.screening.text.scripts.segments import are_names, at_edges, hold_no_word
from touchmark.engine.screening.text.scripts.syllables import Syllables, masks, syllables

#: What each way of meeting a character takes off the strength of the match.
_COSTS = {SOUND: 0.06, NEAR: 0.16, LOOK: 0.10, PINYIN: 0.05, MASKED: 0.14, UNWRITTEN: 0.10, PARTED: 0.03, SWAPPED: 0.10}
_LEAST_STRENGTH = 0.2
#: A name of three characters says less than a longer one.
_SHORT_NAME = 0.9
#: One character and a mask, among words for goods: a hint, no more.
_HINT, _HINT_TOKENS = 0.1, 2
_REST = np.array(sorted(map(ord, "*×●○~～家")), np.uint32)
#: What a letter before it is one word with: T恤, K金, A字, V领, U盘.
_WITH_LETTERS = np.array(sorted(map(ord, "恤金超字领盘型码歌光杯")), np.uint32)
_GOODS = "包鞋靴表链钉戒镯巾带镜衣裤衫帽裙袜饰钱笔珠机电充耳脑器杯锅壶床被椅灯粉唇膏霜妆玩具车模"


def disguised_chinese(points: Points, folded: Folded, names: Names) -> Found:
    """
    Find the places of names with characters of the same sound, of like look, taken apart, masked or in pinyin.

    Their forms are numbered from 0, their rights not yet known.

    :param folded: the texts as plainly folded
    """
    cut = syllables(folded.text)
    proposed = proposals(cut, names)
    proposed = proposed.taken(_explained(proposed, names))
    return _found(points, folded, cut, proposed, names)


def _explained(proposed: Proposals, names: Names) -> Mask:
    """Whether enough of a name is left as it is."""
    times = proposed.times
    lengths, flags = np.diff(names.bounds)[proposed.entry], names.flags[proposed.entry]
    heard = times[:, SAME] + times[:, SOUND] + times[:, PINYIN]
    odd = times[:, NEAR] + times[:, LOOK] + times[:, MASKED] + times[:, UNWRITTEN]
    three = lengths == LEAST
    enough = np.where(three, (times[:, SAME] >= 1) & (heard >= 2), heard >= np.maximum(2, lengths // 2))
    enough &= (odd <= np.where(three, 1, lengths // 2)) & ((times[:, SAME] >= 1) | (times[:, PINYIN] == 0))
    # Three characters of which one alone is as registered are that name only where the others sound quite alike.
    enough &= ~three | (times[:, SAME] >= 2) | (odd == 0)
    # What is masked has the rest as it is.
    enough &= (times[:, MASKED] == 0) | (times[:, SAME] >= 2)
    apart = (flags & APART > 0) & (odd == 0)
    hint = _hint(proposed) | _part(proposed)
    explained: Mask = np.where(lengths == LEAST_APART, _of_two(proposed), enough & ~hint) | apart | hint
    return explained


def _of_two(proposed: Proposals) -> Mask:
    """One of two characters as it is, and the other of the same sound, of like look or in pinyin."""
    times = proposed.times
    two: Mask = (times[:, SAME] == 1) & (times[:, PARTED] == 0)
    two &= times[:, SOUND] + times[:, PINYIN] + times[:, LOOK] == 1
    return two


def _hint(proposed: Proposals) -> Mask:
    """One character and a mask."""
    lengths = proposed.last - proposed.first + 1
    hint: Mask = (lengths == _HINT_TOKENS) & (proposed.times[:, SAME] == 1) & (proposed.times[:, MASKED] == 1)
    return hint


def _part(proposed: Proposals) -> Mask:
    """Two of three characters, and no sign for the third."""
    times = proposed.times
    part: Mask = (proposed.last - proposed.first + 1 == _HINT_TOKENS) & (times[:, SAME] == _HINT_TOKENS)
    part &= (times[:, UNWRITTEN] == 1) & (times[:, MASKED] == 0)
    return part


def _trick(proposed: Proposals, names: Names) -> NDArray[np.int8]:
    times = proposed.times
    looks = (times[:, LOOK] > 0) | (names.flags[proposed.entry] & APART > 0)
    masked = times[:, MASKED] > 0
    heard = times[:, SOUND] + times[:, NEAR] + times[:, PINYIN] > 0
    less, about = (times[:, UNWRITTEN] > 0) & ~masked, times[:, SWAPPED] > 0
    return np.select(
        [_part(proposed), about, less & ~looks & ~heard, looks, masked, heard],
        [Trick.SHORTENED, Trick.SWAPPED, Trick.SHORTENED, Trick.HAN_LOOKALIKE, Trick.MASKED, Trick.HOMOPHONE],
        Trick.HAN_LOOKALIKE,
    ).astype(np.int8)


def _strength(proposed: Proposals, names: Names) -> NDArray[np.float64]:
    costs = np.zeros(proposed.times.shape[1])
    costs[list(_COSTS)] = list(_COSTS.values())
    strength = 1 - proposed.times @ costs
    strength = np.where(np.diff(names.bounds)[proposed.entry] == LEAST, strength * _SHORT_NAME, strength)
    strength = np.where(names.flags[proposed.entry] & APART > 0, strength * _SHORT_NAME, strength)
    return np.where(_hint(proposed) | _part(proposed), _HINT, np.maximum(strength, _LEAST_STRENGTH))


def _found(points: Points, folded: Folded, cut: Syllables, proposed: Proposals, names: Names) -> Found:
    first, last = cut.start[proposed.first], cut.end[proposed.last]
    text = np.searchsorted(folded.text.bounds, first, side="right") - 1
    base = points.bounds[text]
    start, end = folded.source[first] - base, folded.source[np.maximum(last - 1, 0)] + 1 - base
    part = _part(proposed)
    hint, short = _hint(proposed) | part, np.diff(names.bounds)[proposed.entry] == LEAST_APART
    short &= names.flags[proposed.entry] & APART == 0
    to = folded.text.bounds[text + 1]
    stands = _goes_on_no_further(folded, first, last, to) & ~_letter_of_another(folded, last, to)
    stands &= ~hint | (_among_goods(folded, text) & (part | _masked_so(folded, last)))
    rows = np.flatnonzero(stands & (hint | short))
    stands[rows] = are_names(points, text[rows], start[rows], end[rows], hint[rows])
    rows = np.flatnonzero(stands & ~(hint | short))
    stands[rows] = at_edges(points, text[rows], start[rows], end[rows])
    # Two characters that are a word, and a letter, are that word and a size, a model or a shape.
    three = np.diff(names.bounds)[proposed.entry] == LEAST
    rows = np.flatnonzero(stands & three & (proposed.times[:, MASKED] == 1) & _with_a_letter(folded, first, last))
    stands[rows] = hold_no_word(points, text[rows], start[rows], end[rows])
    kept = np.flatnonzero(stands)
    form = names.form[proposed.entry].astype(np.int64)
    changed = proposed.times[:, SOUND:].sum(axis=1)
    found = Found(
        text=text,
        right=form,
        start=start,
        end=end,
        form=form,
        distance=np.maximum(changed, 1),
        plain=np.zeros(len(text), np.bool_),
        trick=_trick(proposed, names),
        strength=_strength(proposed, names).astype(np.float32),
    )
    return found.taken(kept)


def _goes_on_no_further(folded: Folded, first: Ints, last: Ints, to: Ints) -> Mask:
    """Whether the sign that stands for a character parts no more of those that follow; texts end at ``to``."""
    points = folded.text.points
    ended = np.ones(len(first), np.bool_)
    for i in range(len(first)):
        inside, after = points[first[i] : last[i] - 1], points[last[i] : min(last[i] + 2, to[i])]
        ended[i] = len(after) < 2 or not masks()[after[0]] or after[0] not in inside or kinds()[after[1]] != Kind.HAN
    return ended


def _masked_so(folded: Folded, last: Ints) -> Mask:
    """Whether the last sign of each place is one that sellers put for all the rest of a name, or its next sound."""
    sign = folded.text.points[np.maximum(last - 1, 0)]
    so: Mask = np.isin(sign, _REST) | (_is_letter(sign) & ~masks()[sign])
    return so


def _is_letter(points: NDArray[np.uint32]) -> Mask:
    letter: Mask = (points >= ord("a")) & (points <= ord("z"))
    return letter


def _with_a_letter(folded: Folded, first: Ints, last: Ints) -> Mask:
    """Whether a single letter stands among the characters of each place."""
    letters = np.append(0, np.cumsum(_is_letter(folded.text.points)))
    one: Mask = letters[last] - letters[first] == 1
    return one


def _letter_of_another(folded: Folded, last: Ints, to: Ints) -> Mask:
    """Whether a place ends with a letter that is one word with what follows; ``to`` is where its text ends."""
    points = np.append(folded.text.points, np.uint32(0))
    goes_on = (last < to) & np.isin(points[last], _WITH_LETTERS)
    of_another: Mask = goes_on & _is_letter(points[np.maximum(last - 1, 0)])
    return of_another


def _among_goods(folded: Folded, text: Ints) -> Mask:
    """Whether a text speaks of goods that are faked."""
    goods = np.array(sorted(map(ord, _GOODS)), np.uint32)
    bounds, found = folded.text.bounds, np.zeros(len(text), np.bool_)
    for number in np.unique(text).tolist():
        found[text == number] = np.isin(folded.text.points[bounds[number] : bounds[number + 1]], goods).any()
    return found
