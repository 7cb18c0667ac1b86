"""Find Chinese names of marks that are written with other characters than registered."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.fold import Folded
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask
from touchmark.engine.screening.text.scripts.names import APART, LEAST, Names
from touchmark.engine.screening.text.scripts.propose import (
    LOOK,
    MASKED,
    NEAR,
    PARTED,
    PINYIN,
    SAME,
    SOUND,
    UNWRITTEN,
    Proposals,
    proposals,
)
from touchmark.engine.screening.text.scripts.segments import at_edges
from touchmark.engine.screening.text.scripts.syllables import Syllables, syllables

#: What each way of meeting a character takes off the strength of the match.
_COSTS = {SOUND: 0.06, NEAR: 0.16, LOOK: 0.10, PINYIN: 0.05, MASKED: 0.14, UNWRITTEN: 0.10, PARTED: 0.03}
_LEAST_STRENGTH = 0.2
#: A name of three characters says less than a longer one.
_SHORT_NAME = 0.9
#: One character and a mask, among words for goods: a hint, no more.
_HINT, _HINT_TOKENS = 0.35, 2
_GOODS = "包鞋表链钉戒镯巾带镜衣裤衫帽裙饰钱笔珠"


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
    apart = (flags & APART > 0) & (odd == 0)
    explained: Mask = enough | apart | _hint(proposed)
    return explained


def _hint(proposed: Proposals) -> Mask:
    """One character and a mask."""
    lengths = proposed.last - proposed.first + 1
    hint: Mask = (lengths == _HINT_TOKENS) & (proposed.times[:, SAME] == 1) & (proposed.times[:, MASKED] == 1)
    return hint


def _trick(proposed: Proposals, names: Names) -> NDArray[np.int8]:
    times = proposed.times
    looks = (times[:, LOOK] > 0) | (names.flags[proposed.entry] & APART > 0)
    masked = times[:, MASKED] > 0
    heard = times[:, SOUND] + times[:, NEAR] + times[:, PINYIN] > 0
    return np.select(
        [looks, masked, heard], [Trick.HAN_LOOKALIKE, Trick.MASKED, Trick.HOMOPHONE], Trick.HAN_LOOKALIKE
    ).astype(np.int8)


def _strength(proposed: Proposals, names: Names) -> NDArray[np.float64]:
    costs = np.zeros(proposed.times.shape[1])
    costs[list(_COSTS)] = list(_COSTS.values())
    strength = 1 - proposed.times @ costs
    strength = np.where(np.diff(names.bounds)[proposed.entry] == LEAST, strength * _SHORT_NAME, strength)
    strength = np.where(names.flags[proposed.entry] & APART > 0, strength * _SHORT_NAME, strength)
    return np.where(_hint(proposed), _HINT, np.maximum(strength, _LEAST_STRENGTH))


def _found(points: Points, folded: Folded, cut: Syllables, proposed: Proposals, names: Names) -> Found:
    first, last = cut.start[proposed.first], cut.end[proposed.last]
    text = np.searchsorted(folded.text.bounds, first, side="right") - 1
    base = points.bounds[text]
    start, end = folded.source[first] - base, folded.source[np.maximum(last - 1, 0)] + 1 - base
    kept = np.flatnonzero(at_edges(points, text, start, end) & (~_hint(proposed) | _among_goods(folded, text)))
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


def _among_goods(folded: Folded, text: NDArray[np.int64]) -> Mask:
    """Whether a text speaks of goods that are faked."""
    goods = np.array(sorted(map(ord, _GOODS)), np.uint32)
    bounds, found = folded.text.bounds, np.zeros(len(text), np.bool_)
    for number in np.unique(text).tolist():
        found[text == number] = np.isin(folded.text.points[bounds[number] : bounds[number + 1]], goods).any()
    return found
