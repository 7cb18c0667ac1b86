"""The loops of ``local_index``: sorting descriptions by sampled bits, and looking them up."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native
from touchmark.engine.screening.image.near_kernels import apart

KEY_BITS = 30  # by which a table is sorted
FIRST_BITS = 16
FIRST_VALUES = 65_536  # of the first bits


def words(codes: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """See descriptions, (n, 32), as four words each, one after another."""
    return np.ascontiguousarray(codes).reshape(-1).view(np.uint64)


@native
def look_up(
    asked: NDArray[np.uint64],
    held: NDArray[np.uint64],
    starts: NDArray[np.uint32],
    places: NDArray[np.uint32],
    bits: NDArray[np.int64],
    keys: NDArray[np.uint32],
    reach: int,
    radius: int,
    ahead: NDArray[np.uint64],
    found_asked: NDArray[np.int32],
    found_held: NDArray[np.uint32],
) -> int:
    """
    Write the pairs that stand near each other in one of the tables and differ in at most ``radius`` of all bits.

    ``places`` are the tables one after another: each all places of ``held``, sorted by its own ``bits``; ``starts`` say
    where each value of the first bits begins. Looked at are ``reach`` places before and after where the asked one
    would stand: those that share most of the first bits, however many are held. Each pair is written once, those of one
    asked place together. Gives the number of pairs; what does not fit is not written. ``keys`` are those of the asked
    places, table after table. What the next place will be compared with is looked at in all tables at once, so that one
    wait for memory is as good as many; ``ahead`` takes what was seen.
    """
    count, n = 0, held.size // 4
    for query in range(asked.size // 4):
        own, following = count, query + 1
        for table in range(bits.size // KEY_BITS if following < asked.size // 4 else 0):
            ahead[0] ^= _looked_at(keys[table * (asked.size // 4) + following], held, starts, places, table, reach)
        for table in range(bits.size // KEY_BITS):
            base, first = table * n, table * (FIRST_VALUES + 1)
            key = int(np.int64(keys[table * (asked.size // 4) + query]))
            value = key >> (KEY_BITS - FIRST_BITS)
            low, high = int(np.int64(starts[first + value])), int(np.int64(starts[first + value + 1]))
            while low < high:
                middle = (low + high) // 2
                if key_of(held, int(np.int64(places[base + middle])), bits, table) < key:
                    low = middle + 1
                else:
                    high = middle
            for at in range(max(low - reach, 0), min(low + reach, n)):
                code = int(np.int64(places[base + at]))
                if apart(asked, query, held, code) <= radius and not _written(found_held, own, count, code):
                    if count < found_asked.size:
                        found_asked[count] = np.int32(query)
                        found_held[count] = np.uint32(code)
                    count += 1
    return count


@inlined
def _looked_at(
    key: np.uint32,
    held: NDArray[np.uint64],
    starts: NDArray[np.uint32],
    places: NDArray[np.uint32],
    table: int,
    reach: int,
) -> Any:
    """Look at the descriptions around the middle of those with the same first bits."""
    n, first = held.size // 4, table * (FIRST_VALUES + 1)
    value = int(np.int64(key)) >> (KEY_BITS - FIRST_BITS)
    middle = (int(np.int64(starts[first + value])) + int(np.int64(starts[first + value + 1]))) // 2
    seen = np.uint64(0)
    for at in range(max(middle - reach, 0), min(middle + reach, n)):
        seen ^= held[int(np.int64(places[table * n + at])) * 4]
    return seen


@inlined
def _written(found: NDArray[np.uint32], first: int, end: int, code: int) -> bool:
    """Whether a place is among those found from ``first`` on."""
    at, last = first, min(end, found.size)
    while at < last and int(np.int64(found[at])) != code:
        at += 1
    return at < last


@native
def keys_of(codes: NDArray[np.uint64], bits: NDArray[np.int64], table: int, keys: NDArray[np.uint32]) -> None:
    """Write the bits that a table is sorted by, as one number for each code."""
    for code in range(codes.size // 4):
        keys[code] = np.uint32(key_of(codes, code, bits, table))


@inlined
def key_of(codes: NDArray[np.uint64], code: int, bits: NDArray[np.int64], table: int) -> int:
    """Give the bits that a table is sorted by."""
    key = 0
    for i in range(KEY_BITS):
        bit = bits[table * KEY_BITS + i]
        key = key * 2 + int(np.int64((codes[code * 4 + bit // 64] >> np.uint64(bit % 64)) & np.uint64(1)))
    return key


@native
def each_others(
    asked: NDArray[np.uint64],
    held: NDArray[np.uint64],
    best_asked: NDArray[np.int64],
    best_held: NDArray[np.int64],
    bits_asked: NDArray[np.int64],
    bits_held: NDArray[np.int64],
) -> None:
    """Write, for each description of either side, which of the other is nearest, and in how many bits they differ."""
    for i in range(bits_asked.size):
        for j in range(bits_held.size):
            bits = apart(asked, i, held, j)
            if bits < bits_asked[i]:
                bits_asked[i], best_asked[i] = bits, j
            if bits < bits_held[j]:
                bits_held[j], best_held[j] = bits, i
