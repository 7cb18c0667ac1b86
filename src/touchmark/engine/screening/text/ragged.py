"""Rows of unequal length inside one flat array: row i is ``flat[starts[i] : starts[i] + lengths[i]]``."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import native

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


def places(starts: Ints, lengths: Ints) -> Ints:
    """Give the flat indexes of all rows, one row after another; a length may be 0."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(starts - ends + lengths, lengths) + np.arange(total)


def gathered(flat: NDArray[Any], starts: Ints, lengths: Ints) -> NDArray[Any]:
    """Give rows one after another: ``flat[places(starts, lengths)]``, without an index for every place."""
    out = np.empty(int(lengths.sum()), flat.dtype)
    size = flat.dtype.itemsize
    _gather(flat.view(np.uint8), starts, lengths, size, out.view(np.uint8))
    return out


@native
def _gather(
    flat: NDArray[np.uint8], starts: NDArray[np.int64], lengths: NDArray[np.int64], size: int, out: NDArray[np.uint8]
) -> None:
    made = 0
    for row in range(starts.size):
        for at in range(starts[row] * size, (starts[row] + lengths[row]) * size):
            out[made] = flat[at]
            made += 1


def owners(lengths: Ints) -> Ints:
    """Give, for each place of ``places``, the number of its row."""
    return np.repeat(np.arange(len(lengths)), lengths)


def offsets(lengths: Ints | Mask) -> Ints:
    """Give where each row starts when they lie one after another, and the end of the last: one more than the rows."""
    out = np.empty(len(lengths) + 1, np.int64)
    if lengths.dtype == np.bool_:
        _count(np.ascontiguousarray(lengths), out)
    else:
        out[0] = 0
        np.cumsum(lengths, out=out[1:])
    return out


@native
def _count(so: NDArray[np.bool_], out: NDArray[np.int64]) -> None:
    """Count, up to each place, what is so."""
    many = 0
    for place in range(len(so)):
        out[place] = many
        many += so[place]
    out[len(so)] = many
