"""Names against sounds: those whose skeleton is heard, and what it costs to read each so."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.scripts.heard import LONGEST_HEARD
from touchmark.engine.screening.text.scripts.skeletons import LETTER, Rules, is_vowel, may_be_silent, reads, skeleton
from touchmark.engine.screening.text.scripts.sounds import SOUNDS

_SIZE = len(SOUNDS)
#: A skeleton that more names of a register share than this tells nothing: none of them is looked for by it.
MOST_ALIKE = 2048
_SILENT = 5  # what an unwritten vowel costs
_R_LOST = 4


class Nearness(NamedTuple):
    """How far sounds are from each other, and what one more costs, by script."""

    near: NDArray[np.int64]
    added: NDArray[np.int64]


@inlined
def _between(said: NDArray[np.uint8], at: int, sound: int, script: int, nearness: Nearness) -> bool:
    """Whether a vowel stands here only because the script needs one between consonants."""
    heard = int(said[at])
    return (
        is_vowel(heard)
        and nearness.added[script * _SIZE + heard] <= 3
        and nearness.near[(script * _SIZE + sound) * _SIZE + heard] > 45
    )


@inlined
def compared(  # noqa: C901
    letters: NDArray[np.uint8],
    at: int,
    to: int,
    said: NDArray[np.uint8],
    begin: int,
    end: int,
    script: int,
    most: int,
    rules: Rules,
    nearness: Nearness,
    unwritten: bool,
    no_r: bool,
    cells: NDArray[np.int64],
) -> int:
    """What it costs to read a name as a run of sounds; more than ``most`` where it cannot be."""
    rows, width = to - at, end - begin
    across = width + 1
    for i in range((rows + 1) * across):
        cells[i] = most + 1
    cells[0] = 0
    for i in range(rows + 1):
        row = i * across
        low, high = _one_more(said, begin, width, script, most, nearness, cells, row)
        if i == rows:
            break
        if high < 0:
            ahead = False
            for later in range(row + across, min(i + 4, rows + 1) * across):
                ahead = ahead or cells[later] <= most
            if not ahead:
                return most + 1
        letter = int(letters[at + i]) & LETTER
        for r in range(rules.first[letter - 1], rules.first[letter] if high >= 0 else 0):
            if not reads(letters, at + i, to, rules.rule[r], rules.size[r]):
                continue
            cost, many, target = rules.cost[r], rules.many[r], row + rules.size[r] * across
            if many == 0:
                if not may_be_silent(letters, at + i, to, rules.size[r]):
                    continue
                if letter == 18 and no_r:
                    cost = _R_LOST
                if letter == 5 and i + 1 == rows:
                    cost = 2
            for j in range(low, high + 1):
                total, k = cells[row + j] + cost, j
                if total > most:
                    continue
                for s in range(many):
                    sound = int(rules.heard[4 * r + s])
                    while s and k < width and _between(said, begin + k, sound, script, nearness):
                        total += nearness.added[script * _SIZE + int(said[begin + k])]
                        k += 1
                    fits = nearness.near[(script * _SIZE + sound) * _SIZE + int(said[begin + k])] if k < width else 100
                    if fits > 45 and unwritten and is_vowel(sound) and i + s > 0:
                        total += _SILENT
                        continue
                    total += fits
                    k += 1
                    if total > most:
                        break
                if total <= most and k <= width:
                    cells[target + k] = min(cells[target + k], total)
    return int(cells[rows * across + width])


@inlined
def _one_more(
    said: NDArray[np.uint8],
    begin: int,
    width: int,
    script: int,
    most: int,
    nearness: Nearness,
    cells: NDArray[np.int64],
    row: int,
) -> tuple[int, int]:
    """Let sounds be heard that no letter is for; give the first and the last place that can be reached, else 0, -1."""
    low, high = 0, -1
    for j in range(width + 1):
        here = cells[row + j]
        if here > most:
            continue
        low, high = low if high >= 0 else j, j
        if j < width:
            sound = int(said[begin + j])
            extra = nearness.added[script * _SIZE + sound]
            if j and said[begin + j - 1] == sound:
                extra = min(extra, 3)
            cells[row + j + 1] = min(cells[row + j + 1], here + extra)
    return low, high


@inlined
def _key_of(
    said: NDArray[np.uint8], begin: int, end: int, classes: NDArray[np.uint8], merged: bool, joined: int
) -> int:
    """Give the key of a run of sounds."""
    key, last = 0, 0
    for i in range(begin, end):
        packed = skeleton(key, last, int(said[i]), classes, merged)
        key, last = packed >> 3, int(packed & 7)
    return (key << 1) | joined


@inlined
def _lowest(keys: NDArray[np.int64], key: int) -> int:
    """Give the first place of a key among all, ascending, or where it would be."""
    low, high = 0, len(keys)
    while low < high:
        middle = (low + high) >> 1
        if keys[middle] < key:
            low = middle + 1
        else:
            high = middle
    return low


@native
def listen(
    said: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    scripts: NDArray[np.uint8],
    keys: NDArray[np.int64],
    key_bounds: NDArray[np.int32],
    entry: NDArray[np.int32],
    letters: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    rule: NDArray[np.int64],
    size: NDArray[np.int64],
    heard: NDArray[np.uint8],
    many: NDArray[np.int64],
    cost: NDArray[np.int64],
    first: NDArray[np.int64],
    classes: NDArray[np.uint8],
    near: NDArray[np.int64],
    added: NDArray[np.int64],
    unwritten: NDArray[np.uint8],
    no_r: NDArray[np.uint8],
    dear: NDArray[np.int64],
    joined: NDArray[np.uint8],
    cells: NDArray[np.int64],
    run: NDArray[np.int64],
    found: NDArray[np.int64],
    costs: NDArray[np.int64],
) -> int:
    """
    Find the names that runs of sounds may be: their number, and what it costs, in hundredths of a letter of the name.

    A run of several words is ``joined`` (1, else 0): only names of several words are such. For run w a name may cost
    ``dear[w]`` hundredths per letter. Gives how many are found, also without room.
    """
    rules = Rules(rule, size, heard, many, cost, first)
    nearness = Nearness(near, added)
    made = 0
    for word in range(len(begins)):
        begin, end, script = begins[word], ends[word], int(scripts[word])
        if end - begin > LONGEST_HEARD or dear[word] == 0:
            continue
        before = -1
        # Where vowels are unwritten, two consonants side by side may be one or two of a name.
        for merged in range(1, -1 if unwritten[script] else 0, -1):
            key = _key_of(said, begin, end, classes, merged > 0, int(joined[word]))
            low = _lowest(keys, key)
            if key == before or low == len(keys) or keys[low] != key:
                continue
            before = key
            if key_bounds[low + 1] - key_bounds[low] > MOST_ALIKE:
                continue
            for of in range(key_bounds[low], key_bounds[low + 1]):
                name = int(entry[of])
                at, to = bounds[name], bounds[name + 1]
                if to - at > 2 * (end - begin) or end - begin > 2 * (to - at):
                    continue
                most = dear[word] * (to - at) // 100
                total = compared(
                    letters, at, to, said, begin, end, script, most, rules, nearness, unwritten[script] > 0,
                    no_r[script] > 0, cells,
                )  # fmt: skip
                if total <= most:
                    if made < len(run):
                        run[made], found[made], costs[made] = word, name, total * 100 // (to - at)
                    made += 1
    return made
