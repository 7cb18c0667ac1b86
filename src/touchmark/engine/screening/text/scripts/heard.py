"""The sounds of texts: characters to sounds, and the stretches of them that may be a name."""

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.text.scripts.skeletons import is_vowel
from touchmark.engine.screening.text.scripts.sounds import SCRIPTS, SOUNDS, TOP_POINT

_P, _B, _F, _T, _D, _K, _G, _S, _Z, _SH, _CH, _J, _H, _U, _V, _O = (SOUNDS.index(s) for s in "pbftdkgszSCJhuvo")
_NO_VOWEL, _NO_CONSONANT, _VOICED, _MADE_P = (SOUNDS.index(s) for s in "<~^%")
_UPSILON = 0x3C5
_FIRST_LEADING, _LAST_LEADING = 0x0E40, 0x0E44  # vowels of Thai written before their consonant
LONGEST_HEARD = 32
#: The shortest run of sounds that is compared, and the longest piece of a word.
LEAST_HEARD, LONGEST_PIECE = 4, 14
HANGUL, KANA, THAI = (list(SCRIPTS).index(name) + 1 for name in ("hangul", "kana", "thai"))


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
                    if _NO_VOWEL <= sound <= _MADE_P:
                        if made > first[runs]:
                            before = int(heard[made - 1])
                            vowel = made - 2 >= first[runs] and is_vowel(before)
                            alone = made - 2 < first[runs] or place[made - 2] != place[made - 1]
                            if sound in (_NO_VOWEL, _NO_CONSONANT) and is_vowel(before) == (sound == _NO_VOWEL):
                                made -= 1
                            elif sound == _VOICED and before == _U and alone:
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
