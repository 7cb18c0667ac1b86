"""The kernels of sound: characters to sounds, names to the skeletons of their consonants, names against sounds."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.scripts.sounds import SCRIPTS, SOUNDS, TOP_POINT

_FIRST_VOWEL, _LAST_VOWEL = SOUNDS.index("a"), SOUNDS.index("x")
_P, _B, _F, _T, _D, _K, _G, _S, _Z, _SH, _CH, _J, _H, _U, _V, _O = (SOUNDS.index(s) for s in "pbftdkgszSCJhuvo")
_NO_VOWEL, _NO_CONSONANT, _VOICED, _MADE_P = (SOUNDS.index(s) for s in "<~^%")
_UPSILON = 0x3C5
_HISS, _STOP = 4, 2  # classes: "ts" is one hiss
_SIZE = len(SOUNDS)
_FIRST_LEADING, _LAST_LEADING = 0x0E40, 0x0E44  # vowels of Thai written before their consonant
#: The longest name, in letters, and run of sounds that are compared.
LONGEST = 24
LONGEST_HEARD = 32
MOST_KEYS = 16
#: A letter of a name is its number in the alphabet; the last one of a word has a bit more.
LETTER, WORD_ENDS = 31, 32
#: A skeleton that more names of a register share than this tells nothing: none of them is looked for by it.
MOST_ALIKE = 2048
#: The shortest run of sounds that is compared, and the longest piece of a word.
LEAST_HEARD, LONGEST_PIECE = 4, 14
HANGUL, KANA, THAI = (list(SCRIPTS).index(name) + 1 for name in ("hangul", "kana", "thai"))
_SILENT = 5  # what an unwritten vowel costs
_R_LOST = 4


@inlined
def is_vowel(sound: int) -> bool:
    """Whether a sound is a vowel."""
    return _FIRST_VOWEL <= sound <= _LAST_VOWEL


@inlined
def voiced(sound: int) -> int:
    """A consonant with the voice mark of kana."""
    if sound == _K:
        return _G
    if sound == _S:
        return _Z
    if sound in (_SH, _CH):
        return _J
    if sound == _T:
        return _D
    return _B if sound in (_H, _F) else sound


@inlined
def skeleton(key: int, last: int, sound: int, classes: NDArray[np.uint8], merged: bool) -> int:
    """
    The key of a run of sounds with one sound more: what was heard so far, times 8, and the class of the last sound.

    The same consonant twice is one, and so is a stop before a hiss; not where vowels are unwritten.
    """
    heard = int(classes[sound])
    if heard == 0:
        return key << 3
    if not merged:
        return ((key << 3) | heard) << 3
    if heard == last:
        return (key << 3) | last
    if heard == _HISS and last == _STOP:
        return ((((key >> 3) << 3) | heard) << 3) | heard
    return (((key << 3) | heard) << 3) | heard


@native
def transcribe(  # noqa: C901
    points: NDArray[np.uint32],
    bounds: NDArray[np.int64],
    of: NDArray[np.uint8],
    script: NDArray[np.uint8],
    heard: NDArray[np.uint8],
    place: NDArray[np.int64],
    first: NDArray[np.int64],
    words: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    texts: NDArray[np.int64],
) -> int:
    """
    Write the sounds of every run of one script, and where each comes from.

    ``words`` gets the start and end of each run among the points, ``first`` its first sound, ``kinds`` its script,
    ``texts`` its text; a last entry of ``first`` ends them. Gives the runs times 2 ** 32, and the sounds; there must
    be room for four sounds per point.
    """
    made, runs = 0, 0
    for text in range(len(bounds) - 1):
        at, to = bounds[text], bounds[text + 1]
        while at < to:
            point = points[at]
            kind = script[point] if point < TOP_POINT else np.uint8(0)
            if kind == 0:
                at += 1
                continue
            first[runs], kinds[runs], words[2 * runs], texts[runs] = made, kind, at, text
            held = np.int64(-1)
            while at < to and points[at] < TOP_POINT and script[points[at]] == kind:
                here = at
                at += 1
                if _FIRST_LEADING <= points[here] <= _LAST_LEADING and held < 0:
                    held = here
                    continue
                for k in range(4):
                    sound = of[4 * np.int64(points[here]) + k]
                    if sound == 0:
                        break
                    if sound >= _NO_VOWEL:
                        if made > first[runs]:
                            before = int(heard[made - 1])
                            vowel = made - 2 >= first[runs] and is_vowel(before)
                            if sound in (_NO_VOWEL, _NO_CONSONANT) and is_vowel(before) == (sound == _NO_VOWEL):
                                made -= 1
                            elif sound == _VOICED and before == _U and not vowel:
                                heard[made - 1], heard[made], place[made] = _V, _U, here
                                made += 1
                            elif vowel:
                                turned = voiced(int(heard[made - 2])) if sound == _VOICED else _P
                                heard[made - 2] = turned
                        continue
                    before = int(heard[made - 1]) if made > first[runs] else 0
                    if points[here] == _UPSILON and before == _O:
                        heard[made - 1] = _U
                        continue
                    if sound == before and not is_vowel(before):
                        continue
                    if sound == _SH and before == _T:
                        heard[made - 1] = _CH
                        continue
                    heard[made], place[made] = sound, here
                    made += 1
                if held >= 0:
                    for k in range(4):
                        sound = of[4 * np.int64(points[held]) + k]
                        if sound:
                            heard[made], place[made] = sound, here
                            made += 1
                    held = np.int64(-1)
            words[2 * runs + 1] = at
            runs += 1
    first[runs] = made
    return (runs << 32) | made


@native
def stretches(  # noqa: C901
    first: NDArray[np.int64],
    words: NDArray[np.int64],
    kinds: NDArray[np.uint8],
    texts: NDArray[np.int64],
    place: NDArray[np.int64],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    start: NDArray[np.int64],
    end: NDArray[np.int64],
    run: NDArray[np.int64],
    many: NDArray[np.int64],
) -> int:
    """
    Propose stretches of sounds that may be a name: words, two or three together, and pieces of words.

    Korean has particles after a name, kana writes words together, Thai all of them: there a piece begins and ends with
    a character, and begins or ends the run. ``many`` says of how many words a stretch is, 0: a piece. Gives how many
    there are, also without room.
    """
    made, runs = 0, len(kinds)
    for r in range(runs):
        last = first[r + 1]
        for together in range(1, 4):
            to = r + together - 1
            if to >= runs or kinds[to] != kinds[r] or texts[to] != texts[r]:
                break
            if together > 1 and words[2 * to] - words[2 * to - 1] != 1:
                break
            if LEAST_HEARD <= first[to + 1] - first[r] <= LONGEST_HEARD:
                if made < len(begins):
                    begins[made], ends[made], run[made], many[made] = first[r], first[to + 1], r, together
                    start[made], end[made] = words[2 * r], words[2 * to + 1]
                made += 1
        if kinds[r] != HANGUL and kinds[r] != KANA and kinds[r] != THAI:
            continue
        for low in range(first[r], last):
            if low > first[r] and (kinds[r] == HANGUL or place[low] == place[low - 1]):
                continue
            for high in range(low + LEAST_HEARD, min(last, low + LONGEST_PIECE) + 1):
                whole = low == first[r] and high == last
                inner = low > first[r] and high < last  # a name begins or ends the run
                if whole or inner or (high < last and place[high] == place[high - 1]):
                    continue
                if made < len(begins):
                    begins[made], ends[made], run[made], many[made] = low, high, r, 0
                    start[made] = min(place[low], place[low + 1])
                    end[made] = place[high] if high < last else words[2 * r + 1]
                made += 1
    return made


@inlined
def reads(letters: NDArray[np.uint8], at: int, to: int, rule: int, size: int) -> bool:
    """Whether the letters of a name from ``at`` on are those of a rule."""
    if at + size > to:
        return False
    number = 0
    for k in range(size):
        number = (number << 5) | (int(letters[at + k]) & LETTER)
    return number == rule


@inlined
def may_be_silent(letters: NDArray[np.uint8], at: int, to: int, size: int) -> bool:
    """Whether letters may stand for nothing here: h and e anywhere, r before a consonant, others only at the end."""
    letter = letters[at] & LETTER
    if size > 1 or letter in (8, 5):
        return True
    end = at + 1 == to or letters[at] & WORD_ENDS > 0
    if letter == 18:
        return end or letters[at + 1] & LETTER not in (1, 5, 9, 15, 21, 25, 18)
    return end


@native
def keys_of(  # noqa: C901
    letters: NDArray[np.uint8],
    bounds: NDArray[np.int64],
    rule: NDArray[np.int64],
    size: NDArray[np.int64],
    heard: NDArray[np.uint8],
    many: NDArray[np.int64],
    cost: NDArray[np.int64],
    first: NDArray[np.int64],
    classes: NDArray[np.uint8],
    dearest: int,
    states: NDArray[np.int64],
    held: NDArray[np.int64],
    into: NDArray[np.int64],
) -> None:
    """
    Write up to ``MOST_KEYS`` skeletons of each name, read by every rule that is not too dear; 0 where there is none.

    ``states`` has ``MOST_KEYS`` places for every letter and one more, ``held`` says how many are taken.
    """
    for name in range(len(bounds) - 1):
        at, to = bounds[name], bounds[name + 1]
        for i in range(to - at + 1):
            held[i] = 0
        states[0], held[0] = 0, 1
        for i in range(to - at):
            letter = int(letters[at + i]) & LETTER
            for k in range(held[i]):
                state = states[i * MOST_KEYS + k]
                for r in range(first[letter - 1], first[letter]):
                    if cost[r] > dearest or not reads(letters, at + i, to, rule[r], size[r]):
                        continue
                    if many[r] == 0 and not may_be_silent(letters, at + i, to, size[r]):
                        continue
                    key, last = state >> 3, int(state & 7)
                    for sound in range(many[r]):
                        packed = skeleton(key, last, int(heard[4 * r + sound]), classes, True)
                        key, last = packed >> 3, int(packed & 7)
                    reached = (key << 3) | last
                    j = i + size[r]
                    new = held[j] < MOST_KEYS
                    for other in range(held[j]):
                        new = new and states[j * MOST_KEYS + other] != reached
                    if new:
                        states[j * MOST_KEYS + held[j]] = reached
                        held[j] += 1
        end = to - at
        written = 0
        for k in range(held[end]):
            key = states[end * MOST_KEYS + k] >> 3
            new = key > 0
            for other in range(written):
                new = new and into[name * MOST_KEYS + other] != key
            if new:
                into[name * MOST_KEYS + written] = key
                written += 1


@inlined
def _between(
    said: NDArray[np.uint8], at: int, sound: int, script: int, near: NDArray[np.int64], added: NDArray[np.int64]
) -> bool:
    """Whether a vowel stands here only because the script needs one between consonants."""
    heard = int(said[at])
    return (
        is_vowel(heard) and added[script * _SIZE + heard] <= 3 and near[(script * _SIZE + sound) * _SIZE + heard] > 45
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
    rule: NDArray[np.int64],
    size: NDArray[np.int64],
    heard: NDArray[np.uint8],
    many: NDArray[np.int64],
    cost: NDArray[np.int64],
    first: NDArray[np.int64],
    near: NDArray[np.int64],
    added: NDArray[np.int64],
    unwritten: bool,
    no_r: bool,
    cells: NDArray[np.int64],
) -> int:
    """What it costs to read a name as a run of sounds; more than ``most`` where it cannot be."""
    rows, width = to - at, end - begin
    for i in range((rows + 1) * (width + 1)):
        cells[i] = most + 1
    cells[0] = 0
    for i in range(rows + 1):
        alive = False
        for j in range(width + 1):
            here = cells[i * (width + 1) + j]
            if here > most:
                continue
            alive = True
            if j < width:
                sound = int(said[begin + j])
                extra = added[script * _SIZE + sound]
                if j and said[begin + j - 1] == sound:
                    extra = min(extra, 3)
                target = i * (width + 1) + j + 1
                if here + extra < cells[target]:
                    cells[target] = here + extra
            if i == rows:
                continue
            letter = int(letters[at + i]) & LETTER
            for r in range(first[letter - 1], first[letter]):
                if not reads(letters, at + i, to, rule[r], size[r]):
                    continue
                total, k = here + cost[r], j
                if many[r] == 0:
                    if not may_be_silent(letters, at + i, to, size[r]):
                        continue
                    if letter == 18 and no_r:
                        total = here + _R_LOST
                    if letter == 5 and i + 1 == rows:
                        total = here + 2
                for s in range(many[r]):
                    sound = int(heard[4 * r + s])
                    while s and k < width and _between(said, begin + k, sound, script, near, added):
                        total += added[script * _SIZE + int(said[begin + k])]
                        k += 1
                    fits = near[(script * _SIZE + sound) * _SIZE + int(said[begin + k])] if k < width else 100
                    if fits > 45 and unwritten and is_vowel(sound) and i + s > 0:
                        total += _SILENT
                        continue
                    total += fits
                    k += 1
                    if total > most:
                        break
                if total <= most and k <= width:
                    target = (i + size[r]) * (width + 1) + k
                    if total < cells[target]:
                        cells[target] = total
        if not alive and i < rows:
            ahead = False
            for later in range((i + 1) * (width + 1), min(i + 4, rows + 1) * (width + 1)):
                ahead = ahead or cells[later] <= most
            if not ahead:
                return most + 1
    return int(cells[rows * (width + 1) + width])


@native
def listen(  # noqa: C901
    said: NDArray[np.uint8],
    begins: NDArray[np.int64],
    ends: NDArray[np.int64],
    scripts: NDArray[np.uint8],
    keys: NDArray[np.int64],
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
    made = 0
    for word in range(len(begins)):
        begin, end, script = begins[word], ends[word], int(scripts[word])
        if end - begin > LONGEST_HEARD or dear[word] == 0:
            continue
        key, last = 0, 0
        for i in range(begin, end):
            packed = skeleton(key, last, int(said[i]), classes, not unwritten[script])
            key, last = packed >> 3, int(packed & 7)
        key = (key << 1) | int(joined[word])
        low, high = 0, len(keys)
        while low < high:
            middle = (low + high) >> 1
            if keys[middle] < key:
                low = middle + 1
            else:
                high = middle
        if low + MOST_ALIKE < len(keys) and keys[low + MOST_ALIKE] == key:
            continue
        while low < len(keys) and keys[low] == key:
            name = int(entry[low])
            low += 1
            at, to = bounds[name], bounds[name + 1]
            if to - at > 2 * (end - begin) or end - begin > 2 * (to - at):
                continue
            most = dear[word] * (to - at) // 100
            total = compared(
                letters, at, to, said, begin, end, script, most, rule, size, heard, many, cost, first, near, added,
                unwritten[script] > 0, no_r[script] > 0, cells,
            )  # fmt: skip
            if total <= most:
                if made < len(run):
                    run[made], found[made], costs[made] = word, name, total * 100 // (to - at)
                made += 1
    return made
