"""Rules that the spellings of a register are under."""

from enum import IntFlag


class Rule(IntFlag):
    """How a spelling must be met, beyond its letters."""

    WHOLE_BRAND = 1  # only as the whole of a listing's brand field: too short, or nothing but a number
    WITH_AND = 2  # only with its "&" written: without it, too short
    AS_IT_IS = 4  # three letters: not parted, no other accents, not with letters of another alphabet alone
    ACCENTED = 8  # written with an accent
    UP_TO_FOUR = 16  # three or four letters: a word of Vietnamese is soon made of so many
    INITIALS = 32  # two letters: in a title too, as they are, in capitals
    FOREIGN = 64  # not given: what a well-known brand is called in another script
    HEARD = 128  # not given: how a well-known brand is misspelled
