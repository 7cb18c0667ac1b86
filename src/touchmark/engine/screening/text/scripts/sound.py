"""Find names of marks in Latin letters that are written by their sound in another alphabet: найк, 구찌, シャネル."""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native
from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text import hashing, ordinary
from touchmark.engine.screening.text.fold import Folded, kinds, scripts
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.letters import Kind, Script
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Ints, Mask, offsets
from touchmark.engine.screening.text.scripts.heard import HANGUL, LONGEST_HEARD, stretches, transcribe
from touchmark.engine.screening.text.scripts.listened import listen
from touchmark.engine.screening.text.scripts.skeletons import LONGEST
from touchmark.engine.screening.text.scripts.sounds import MOST_SOUNDS, SCRIPTS, sounds
from touchmark.engine.screening.text.scripts.spoken import Spoken
from touchmark.engine.screening.text.spellings.memo import Memo, is_nothing
from touchmark.engine.screening.text.spellings.told import COLUMNS, mingled

#: What reading a name so may cost, in hundredths per letter, by how many consonants it has (from none to six and more):
#: the fewer there are, the more names sound alike.
DEAR = np.array([0, 0, 300, 450, 600, 800, 900], np.int64)
#: The log-odds of a name, by the same: at no cost, and what each hundredth takes away; and what a letter of it adds.
#: Fitted: some 400 names as they are written in nine scripts, against words of ten languages that no dictionary has,
#: one name to five of those.
_FREE = np.array([0, 0, 0.5, 1.1, 1.3, 2.4, 3.0])
_PER_COST = np.array([0, 0, 1.47, 1.45, 0.94, 0.79, 0.43]) / 100
_PER_LETTER = 0.06
#: What several words may cost of which the first and the last are ordinary ones, and how many consonants they have.
USUAL_TOGETHER, LEAST_TOGETHER = 150, 4
#: A word of another script among so many letters of Latin, and nearly no others, is a name more often.
_ALONE, _LEAST_LATIN = 1.2, 8
#: Where no vowels are written, many more words sound alike.
_UNWRITTEN, _WITHOUT_VOWELS = -0.7, (list(SCRIPTS).index("hebrew") + 1, list(SCRIPTS).index("arabic") + 1)
#: What is less likely than this is no place; words side by side have so many sounds.
_LEAST, _LEAST_SOUNDS = 0.08, 6
#: A name of ordinary words says less; what is an ordinary word as written, or sounds like a frequent one, hints at a
#: name, and goods must say the same.
USUAL, HINT, FREQUENT = 0.7, 0.1, 38
#: Particles that follow a noun of Korean: subject, object, of, at, with, only.
PARTICLES = np.array(sorted(map(ord, "은는이가을를의에도로와과만")), np.uint32)


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """Stretches of sounds: where they are among all sounds and among the folded points, and their script."""

    said: NDArray[np.uint8]
    begins: Ints
    ends: Ints
    start: Ints
    end: Ints
    script: NDArray[np.uint8]
    joined: NDArray[np.bool_]  # of several words
    usual: NDArray[np.bool_]  # an ordinary word as it stands
    usual_words: NDArray[np.bool_]  # several words, the first and the last of which are ordinary

    def taken(self, which: Mask) -> "_Heard":
        """The stretches chosen by mask."""
        return _Heard(self.said, *(getattr(self, f.name)[which] for f in fields(self)[1:]))


def spelled_by_sound(
    points: Points,
    folded: Folded,
    spoken: Spoken,
    memo: Memo,
    layer: int,
    mixed: Mask | None = None,
    covers: Mask | None = None,
) -> Found:
    """
    Find the places of names by sound, their forms numbered from 0 and their rights not yet known.

    :param folded: the texts as plainly folded
    :param memo: what sounds like no name of a layer, by a number of the layer, and what the rest sounds like
    :param mixed: which characters stand in a word of another alphabet, if any do
    :param covers: which characters are signs that cover one; then only what holds such a sign is looked for
    """
    heard = _heard(folded.text)
    if covers is not None:
        heard = heard.taken(_holds(covers, folded, heard))
        mixed = covers
    consonants = np.minimum(_consonants(heard), len(DEAR) - 1)
    dear = np.where(heard.usual_words, USUAL_TOGETHER * (consonants >= LEAST_TOGETHER), DEAR[consonants])
    stretch, entry, cost = _told(heard, dear, spoken, memo, layer)
    alone = _alone(points, folded, heard)[stretch]
    unwritten = np.isin(heard.script[stretch], _WITHOUT_VOWELS)
    meant = _holds(mixed, folded, heard)[stretch]
    told = consonants[stretch] - (1 if covers is not None else 0)
    likely = _likely(cost, told, np.diff(spoken.bounds)[entry], alone | meant, unwritten)
    kept = np.flatnonzero(likely >= _LEAST)
    stretch, entry, cost, likely = stretch[kept], entry[kept], cost[kept], likely[kept]
    text = np.searchsorted(points.bounds, folded.source[heard.start[stretch]], side="right") - 1
    base = points.bounds[text]
    form = spoken.form[entry].astype(np.int64)
    usual = spoken.usual[entry]
    hint = (heard.usual[stretch] | (usual >= FREQUENT)) & ~meant[kept]
    # An ordinary word that is less than even likely to be the name is soon none at all, whatever goods say.
    strength = np.where(hint, HINT * np.minimum(2 * likely, 1) ** 2, likely * np.where(usual > 0, USUAL, 1.0))
    return Found(
        text=text,
        right=form,
        start=folded.source[heard.start[stretch]] - base,
        end=folded.source[heard.end[stretch] - 1] + 1 - base,
        form=form,
        distance=1 + cost // 100,
        plain=np.zeros(len(text), np.bool_),
        trick=np.full(len(text), Trick.SCRIPT, np.int8),
        strength=strength.astype(np.float32),
    )


def _holds(mixed: Mask | None, folded: Folded, heard: _Heard) -> Mask:
    """Whether each stretch holds a character that is mixed in: such a word is meant, and no ordinary one."""
    if mixed is None:
        return np.zeros(len(heard.start), np.bool_)
    many = offsets(mixed)
    holds: Mask = many[folded.source[heard.end - 1] + 1] > many[folded.source[heard.start]]
    return holds


def _alone(points: Points, folded: Folded, heard: _Heard) -> Mask:
    """Whether each stretch stands in a text of Latin letters that has next to no others of another script."""
    of = scripts()[points.points]
    latin, other = offsets(of == Script.LATIN), offsets((of == Script.OTHER) | (kinds()[points.points] > Kind.LETTER))
    first, last = folded.source[heard.start], folded.source[heard.end - 1] + 1
    text = np.searchsorted(points.bounds, first, side="right") - 1
    begin, end = points.bounds[text], points.bounds[text + 1]
    besides = other[end] - other[begin] - (other[last] - other[first])
    alone: Mask = latin[end] - latin[begin] >= np.maximum(_LEAST_LATIN, 4 * besides)
    return alone


def _likely(cost: Ints, consonants: Ints, letters: Ints, alone: Mask, unwritten: Mask) -> NDArray[np.float64]:
    """Tell how likely it is that what is heard is a name."""
    odds = (
        _FREE[consonants]
        - _PER_COST[consonants] * cost
        + _PER_LETTER * letters
        + _ALONE * alone
        + _UNWRITTEN * unwritten
    )
    likely: NDArray[np.float64] = 1 / (1 + np.exp(-odds))
    return likely


def _heard(text: Points) -> _Heard:
    """The stretches of all texts that are not ordinary words side by side."""
    tables, size = sounds(), len(text.points)
    said, place = np.zeros(MOST_SOUNDS * size + 1, np.uint8), np.zeros(MOST_SOUNDS * size + 1, np.int64)
    first, words, texts = (np.zeros(n, np.int64) for n in (size + 1, 2 * size + 2, size + 1))
    kinds = np.zeros(size + 1, np.uint8)
    runs = transcribe(text.points, text.bounds, tables.of, tables.script, said, place, first, words, kinds, texts) >> 32
    first, words, kinds, texts = first[: runs + 1], words[: 2 * runs], kinds[:runs], texts[:runs]
    room = 64 + 8 * int(runs)
    while True:
        into = [np.zeros(room, np.int64) for _ in range(6)]
        made = stretches(first, words, kinds, texts, place, *into)
        if made <= room:
            break
        room = made
    begins, ends, start, end, run, many = (array[:made] for array in into)
    if not made:
        none = np.empty(0, np.int64)
        return _Heard(said, none, none, none, none, kinds[:0], *[np.empty(0, np.bool_)] * 3)
    usual = ordinary.levels(hashing.runs(text.points, words[::2], words[1::2])) > 0
    both = _both_usual(usual, run, many)
    kept = np.flatnonzero((end > start) & ~(both & (ends - begins < _LEAST_SOUNDS)))
    begins, ends, start, end, run, many = (array[:made][kept] for array in into)
    whole = (many > 0) | _beside_words(text, kinds[run], start, end, words[::2][run], words[1::2][run])
    kept = np.flatnonzero(whole)
    begins, ends, start, end, run, many = (array[kept] for array in (begins, ends, start, end, run, many))
    both = _both_usual(usual, run, many)
    return _Heard(said, begins, ends, start, end, kinds[run], many > 1, _usual(text, start, end), both)


def _both_usual(usual: NDArray[np.bool_], run: Ints, many: Ints) -> NDArray[np.bool_]:
    """Whether the first and the last of several words are ordinary ones."""
    both: NDArray[np.bool_] = (many > 1) & usual[run] & usual[run + np.maximum(many, 1) - 1]
    return both


def _usual(text: Points, start: Ints, end: Ints) -> NDArray[np.bool_]:
    """Whether a stretch of folded points is an ordinary word."""
    usual: NDArray[np.bool_] = ordinary.levels(hashing.runs(text.points, start, end)) > 0
    return usual


def _beside_words(
    text: Points, script: NDArray[np.uint8], start: Ints, end: Ints, first: Ints, last: Ints
) -> NDArray[np.bool_]:
    """Whether the rest of a word, of which a stretch is one end, is an ordinary word or a particle of Korean."""
    ahead = start == first
    rest, to = np.where(ahead, end, first), np.where(ahead, last, start)
    particle = ahead & (script == HANGUL) & (end + 1 == last)
    particle &= np.isin(text.points[np.minimum(end, len(text.points) - 1)], PARTICLES)
    beside: NDArray[np.bool_] = particle | ((to > rest) & _usual(text, rest, np.maximum(rest, to)))
    return beside


def _listened(heard: _Heard, dear: Ints, spoken: Spoken) -> tuple[Ints, Ints, Ints]:
    tables, room = sounds(), 256
    cells = np.zeros((LONGEST + 2) * (LONGEST_HEARD + 2), np.int64)
    while True:
        into = [np.zeros(room, np.int64) for _ in range(3)]
        made = listen(
            heard.said, heard.begins, heard.ends, heard.script, spoken.keys, spoken.key_bounds,
            spoken.entry, spoken.letters, spoken.bounds,
            tables.letters, tables.sizes, tables.heard, tables.many, tables.cost, tables.first, tables.classes,
            tables.near, tables.added, tables.unwritten, tables.no_r, dear, heard.joined.view(np.uint8), cells, *into,
        )  # fmt: skip
        if made <= room:
            return into[0][:made], into[1][:made], into[2][:made]
        room = made


def _told(heard: _Heard, dear: Ints, spoken: Spoken, memo: Memo, layer: int) -> tuple[Ints, Ints, Ints]:
    """Tell what each stretch sounds like and at what cost, in the order of the stretches; each is compared once."""
    keys, nothing = _known(heard, dear, memo, layer)
    numbers = memo.told.numbers(keys)
    fresh, known = (dear > 0) & ~nothing & (numbers < 0), np.flatnonzero((dear > 0) & (numbers >= 0))
    stretch, entry, cost = _listened(heard, np.where(fresh, dear, 0), spoken)
    rows, of = memo.told.of(numbers[known])
    _tell(keys, fresh, stretch, entry, cost, memo)
    stretch = np.concatenate([stretch, known[of]])
    order = np.argsort(stretch, kind="stable")
    entry, cost = np.concatenate([entry, rows[:, 0]]), np.concatenate([cost, rows[:, 1]])
    return stretch[order], entry[order], cost[order]


def _tell(keys: NDArray[np.uint64], fresh: Mask, stretch: Ints, entry: Ints, cost: Ints, memo: Memo) -> None:
    """Remember which stretches sound like no name, and like which ones the others do."""
    comes_to = np.zeros(len(keys), np.bool_)
    comes_to[stretch] = True
    memo.keep(keys[fresh & ~comes_to])
    rows = np.zeros((len(stretch), COLUMNS), np.int64)
    rows[:, 0], rows[:, 1] = entry, cost
    memo.told.keep(keys[comes_to], (np.cumsum(comes_to) - 1)[stretch], rows)


def _known(heard: _Heard, dear: Ints, memo: Memo, layer: int) -> tuple[NDArray[np.uint64], NDArray[np.bool_]]:
    """Give the key of each stretch, and whether it is known to sound like no name."""
    keys, nothing = np.empty(len(heard.begins), np.uint64), np.zeros(len(heard.begins), np.bool_)
    _look_up(
        heard.said, heard.begins, heard.ends, heard.script, heard.joined, dear, memo.seed ^ (layer + 1) << 1,
        memo.slots, keys, nothing,
    )  # fmt: skip
    return keys, nothing


@native
def _look_up(
    said: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    script: NDArray[np.uint8],
    joined: NDArray[np.bool_],
    dear: NDArray[np.int64],
    seed: int,
    slots: NDArray[np.uint64],
    keys: NDArray[np.uint64],
    nothing: NDArray[np.bool_],
) -> None:
    for stretch in range(begins.size):
        key = mingled(np.uint64(seed), np.uint64(script[stretch]) * np.uint64(2) + np.uint64(joined[stretch]))
        key = mingled(key, np.uint64(dear[stretch]))
        for place in range(begins[stretch], ends[stretch]):
            key = mingled(key, np.uint64(said[place]))
        keys[stretch], nothing[stretch] = key, is_nothing(slots, key)


def _consonants(heard: _Heard) -> Ints:
    """How many consonants each stretch has."""
    so_far = np.concatenate([[0], np.cumsum(sounds().classes[heard.said] > 0)])
    counted: Ints = so_far[heard.ends] - so_far[heard.begins]
    return counted
