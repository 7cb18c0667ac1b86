"""
How ordinary a word is in the languages of listings: what tells *box* from *Burberry* before anything else is known.

The table holds words that a dictionary has, with their frequency, in 33 languages; ``make_ordinary`` wrote it, and
``data/ordinary.md`` says from what and under which licence. Names that are no words have no place in it.
"""

from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text import hashing
from touchmark.engine.screening.text.hashing import Hashes

#: From here on a word is so frequent that it stands in one listing of a few hundred (Zipf 4.0: ten in a million words).
FREQUENT = 40

_BITS = 32


def levels(hashes: Hashes) -> NDArray[np.uint8]:
    """
    Tell how ordinary words are, given by the hashes of their plainly folded letters (``Units.hashes``).

    :return: the frequency in the language where it is greatest, in tenths of Zipf's scale: 20 is one word in ten
        million, 60 one in a thousand; 0: not known as an ordinary word. One word in five thousand that is not known
        gets a level by chance
    """
    keys_known, level = table()
    key = keys(hashes)
    place = np.minimum(np.searchsorted(keys_known, key), len(keys_known) - 1)
    return np.where(keys_known[place] == key, level[place], np.uint8(0))


def keys(hashes: Hashes) -> NDArray[np.uint32]:
    """Give the part of each hash by which the table knows words."""
    return hashing.slots(hashes, _BITS).astype(np.uint32)


@cache
def table() -> tuple[NDArray[np.uint32], NDArray[np.uint8]]:
    """The keys of all words, ascending, and their levels."""
    source = files("touchmark.engine.screening.text") / "data" / "ordinary.npz"
    with source.open("rb") as held, np.load(held, allow_pickle=False) as arrays:
        return np.cumsum(arrays["steps"], dtype=np.uint32), arrays["levels"]
