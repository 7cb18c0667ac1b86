"""What a character is to the engine: its kind, for cutting words, and its script, for telling disguises."""

from enum import IntEnum

import numpy as np


class Kind(IntEnum):
    """
    The kind of a folded character. From ``LETTER`` on it belongs to a word, from ``HAN`` on it is a unit of its own.

    The scripts from ``HAN`` on are written without spaces between words (Korean with few).
    """

    SYMBOL = 0
    SPACE = 1
    NEWLINE = 2
    INVISIBLE = 3
    APOSTROPHE = 4
    JOINER = 5  # - . _ and the middle dot
    BREAK = 6  # what parts phrases: , ; : ! ? | brackets, quotes
    AND = 7  # &
    LETTER = 8
    DIGIT = 9
    HAN = 10
    HIRAGANA = 11
    KATAKANA = 12
    HANGUL = 13
    SOUTH_EAST = 14  # Thai, Lao, Khmer, Burmese
    SIGN = 15  # their vowels and tones, and the voice marks of kana: none starts a word, none is left out at its end


class Script(IntEnum):
    """Whose letter an original character is."""

    NONE = 0
    LATIN = 1  # however drawn: 𝐠, ⓖ, ｇ, ɢ
    OTHER = 2  # Cyrillic, Greek, Armenian, …
    ACCENT = 3  # a mark that both folds leave out


class Accent(IntEnum):
    """Whether an original character carries an accent that the folds leave out, or is one."""

    NONE = 0
    ACCENTED = 1
    VIETNAMESE = 2  # one that no other living language writes: ẵ, ộ, ư, …


class Direction(IntEnum):
    """Which way an original character runs, or what a control does to those that follow (UAX #9)."""

    NEUTRAL = 0
    LEFT_TO_RIGHT = 1
    RIGHT_TO_LEFT = 2
    NUMBER = 3
    # Controls: from here on nobody sees them.
    EMBED_LEFT = 4
    EMBED_RIGHT = 5
    OVERRIDE_LEFT = 6
    OVERRIDE_RIGHT = 7
    POP = 8
    ISOLATE_LEFT = 9
    ISOLATE_RIGHT = 10
    ISOLATE_FIRST = 11
    POP_ISOLATE = 12
    PARAGRAPH = 13


#: By Unicode's own names of directions; all others are neutral.
DIRECTIONS: dict[str, Direction] = {
    "L": Direction.LEFT_TO_RIGHT,
    "R": Direction.RIGHT_TO_LEFT,
    "AL": Direction.RIGHT_TO_LEFT,
    "EN": Direction.NUMBER,
    "AN": Direction.NUMBER,
    "LRE": Direction.EMBED_LEFT,
    "RLE": Direction.EMBED_RIGHT,
    "LRO": Direction.OVERRIDE_LEFT,
    "RLO": Direction.OVERRIDE_RIGHT,
    "PDF": Direction.POP,
    "LRI": Direction.ISOLATE_LEFT,
    "RLI": Direction.ISOLATE_RIGHT,
    "FSI": Direction.ISOLATE_FIRST,
    "PDI": Direction.POP_ISOLATE,
    "B": Direction.PARAGRAPH,
}


#: What stands between two units, as one bit per kind below ``LETTER``.
GAP_BIT = np.array([1 << k if k < Kind.LETTER else 0 for k in range(16)], np.uint8)


def bits_of(*kinds: Kind) -> np.uint8:
    """The bits of some kinds of separators together."""
    return np.uint8(sum(1 << kind for kind in kinds))
