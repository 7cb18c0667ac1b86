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
    LEFT = 2
    RIGHT = 3
    TOP = 4
    BOTTOM = 5
    TOP_LEFT = 6
    TOP_RIGHT = 7
    BOTTOM_LEFT = 8
    BOTTOM_RIGHT = 9
    SQUARE = 10  # the largest square in the middle, as shops cut


def variant_of(region: Region, orientation: int = 0) -> int:
    """Give the number of a region seen in an orientation."""
    return int(region) * ORIENTATIONS + orientation
