"""
The parts of a picture that have codes of their own, and the ways a picture may be turned.

A copy shows a part of a picture, or a picture shows a copy in a part of it, perhaps mirrored or on its side. A
``variant`` says which: eight times the region, plus the orientation.
"""

from enum import IntEnum

#: Orientations: the sum of 1 for mirrored left to right, 2 for turned top to bottom, 4 for sides swapped before that.
ORIENTATIONS = 8
MIRRORED = 1


class Region(IntEnum):
    """A part of a picture. Numbers are kept in snapshots: a new one goes to the end."""

    WHOLE = 0
    TRIMMED = 1  # without its uniform borders
    FRAMED = 2  # a rectangle that stands out: a picture within a picture
    LEFT = 3
    RIGHT = 4
    TOP = 5
    BOTTOM = 6
    TOP_LEFT = 7
    TOP_RIGHT = 8
    BOTTOM_LEFT = 9
    BOTTOM_RIGHT = 10
    SQUARE = 11  # the largest square in the middle, as shops cut
    CENTRE_90 = 12  # this share of each side
    CENTRE_80 = 13
    CENTRE_70 = 14
    CENTRE_60 = 15
    CENTRE_50 = 16


def variant_of(region: Region, orientation: int = 0) -> int:
    """Give the number of a region seen in an orientation."""
    return int(region) * ORIENTATIONS + orientation
