"""The loops of ``index``: filling the tables, and looking codes up in them. Codes come as sixteen or as four words."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native

PIECES = 16
BUCKETS = 65_536
_WORDS = 4  # of 64 bits in a code

_FIVES, _THREES = np.uint64(0x5555555555555555), np.uint64(0x3333333333333333)
_LOWS, _ONES = np.uint64(0x0F0F0F0F0F0F0F0F), np.uint64(0x0101010101010101)
_FOUR_LOWS, _FOUR_ONES, _FOUR_TOPS = (
    np.uint64(0x00FF00FF00FF00FF),
    np.uint64(0x0001000100010001),
    np.uint64(0x8000800080008000),
)
_PIECE, _BYTE = np.uint64(0xFFFF), np.uint64(0xFF)
_U1, _U2, _U3, _U4, _U8, _U56 = np.uint64(1), np.uint64(2), np.uint64(3), np.uint64(4), np.uint64(8), np.uint64(56)


@native
def fill_tables(
    pieces: NDArray[np.uint16],
    length: int,
    starts: NDArray[np.uint32],
    nexts: NDArray[np.uint16],
    places: NDArray[np.uint32],
) -> None:
    """Sort the codes by each of their pieces, by counting; equal ones stay in order."""
    n = pieces.size // PIECES
    for piece in range(PIECES):
        first, base = piece * (BUCKETS + 1), piece * length
        for code in range(n):
            starts[first + 1 + np.int64(pieces[code * PIECES + piece])] += np.uint32(1)
        for value in range(BUCKETS):
            starts[first + 1 + value] += starts[first + value]
        # Where each value's next code goes is counted in ``starts`` itself, which is put right again afterwards.
        for code in range(n):
            bucket = first + np.int64(pieces[code * PIECES + piece])
            at = base + np.int64(starts[bucket])
            starts[bucket] += np.uint32(1)
            nexts[at] = pieces[code * PIECES + (piece + 1) % PIECES]
            places[at] = np.uint32(code)
        for value in range(BUCKETS, 0, -1):
            starts[first + value] = starts[first + value - 1]
        starts[first] = np.uint32(0)


@inlined
def bits_set(word: Any) -> Any:
    """Count the bits of a 64-bit word; the compiler knows this for the machine's own instruction."""
    word = word - ((word >> _U1) & _FIVES)
    word = (word & _THREES) + ((word >> _U2) & _THREES)
    word = (word + (word >> _U4)) & _LOWS
    return (word * _ONES) >> _U56


@inlined
def apart(asked: NDArray[np.uint64], query: int, held: NDArray[np.uint64], code: Any) -> Any:
    """Count the bits in which two codes differ."""
    bits = np.uint64(0)
    for word in range(_WORDS):
        bits += bits_set(asked[query * _WORDS + word] ^ held[code * _WORDS + word])
    return np.int64(bits)


@inlined
def piece_apart(asked: NDArray[np.uint64], query: int, held: NDArray[np.uint64], code: Any, piece: int) -> Any:
    """Count the bits in which one piece of two codes differs."""
    word, turn = piece // 4, np.uint64(16 * (piece % 4))
    both = (asked[query * _WORDS + word] ^ held[code * _WORDS + word]) >> turn
    return np.int64(bits_set(both & _PIECE))


@inlined
def piece_of(asked: NDArray[np.uint64], query: int, piece: int) -> Any:
    """Give one piece of a code as a number."""
    turn = np.uint64(16 * (piece % 4))
    return np.int64((asked[query * _WORDS + piece // 4] >> turn) & _PIECE)


@inlined
def ways_to_turn(share: int) -> int:
    """Give in how many ways less than ``share`` bits of a piece can be turned."""
    return 0 if share == 0 else 1 if share == 1 else 1 + PIECES if share == 2 else 137


@inlined
def share_of(piece: int, radius: int) -> int:
    """Give one more than the bits of a piece that may differ; over the pieces that is one more than the radius."""
    return (radius + 1) // PIECES + (1 if piece < (radius + 1) % PIECES else 0)


@inlined
def narrowed(tally: NDArray[np.int64], radius: int, most: int) -> int:
    """Give the largest radius within which there are no more than ``most`` codes, but no less than 0."""
    total = 0
    for distance in range(radius + 1):
        total += tally[distance]
        if total > most:
            return max(distance - 1, 0)
    return radius


@native
def near_by_scan(
    asked: NDArray[np.uint64],
    held: NDArray[np.uint64],
    radius: int,
    most: int,
    tally: NDArray[np.int64],
    query_of: NDArray[np.int64],
    place_of: NDArray[np.int64],
    distance_of: NDArray[np.int16],
) -> int:
    """Compare every query with every code. Give how many pairs there are; only as many as there is room are written."""
    found = 0
    for query in range(asked.size // _WORDS):
        tally[:] = 0
        for code in range(held.size // _WORDS):
            tally[apart(asked, query, held, code)] += 1
        within = narrowed(tally, min(radius, 256), most)
        for code in range(held.size // _WORDS):
            distance = apart(asked, query, held, code)
            if distance <= within:
                if found < query_of.size:
                    query_of[found], place_of[found], distance_of[found] = query, code, distance
                found += 1
    return found


@inlined
def met_before(
    asked: NDArray[np.uint64], query: int, held: NDArray[np.uint64], code: Any, piece: Any, radius: int
) -> bool:
    """Whether the tables of the pieces before this one give the same code, so that each is counted once."""
    for earlier in range(piece):
        one = piece_apart(asked, query, held, code, earlier)
        if one < share_of(earlier, radius):
            both = one + piece_apart(asked, query, held, code, earlier + 1)
            if both < share_of(earlier, radius) + share_of(earlier + 1, radius):
                return True
    return False


@inlined
def list_buckets(
    asked: NDArray[np.uint64], query: int, starts: NDArray[np.uint32], length: int, turns: NDArray[np.uint16],
    radius: int, buckets: NDArray[np.uint64],
) -> int:  # fmt: skip
    """List where the tables hold codes that one piece brings near: start, end, and four times what is to be alike."""
    count = 0
    for piece in range(PIECES):
        share, after = share_of(piece, radius), share_of((piece + 1) % PIECES, radius)
        value, base, bucket = piece_of(asked, query, piece), piece * length, piece * (BUCKETS + 1)
        wanted = np.uint64(piece_of(asked, query, (piece + 1) % PIECES)) * _FOUR_ONES
        for turn in range(ways_to_turn(share)):
            turned = bucket + (value ^ np.int64(turns[turn]))
            buckets[count] = np.uint64(base + np.int64(starts[turned]))
            buckets[count + 1] = np.uint64(base + np.int64(starts[turned + 1]))
            # What the two pieces may differ in together, less what this one differs in.
            left = share + after - 1 - (1 if turn > 0 else 0) - (1 if turn > PIECES else 0)
            buckets[count + 2] = wanted
            buckets[count + 3] = np.uint64(left) * _FOUR_ONES | _FOUR_TOPS
            count += 4
    return count


@native
def near_by_tables(  # noqa: C901 - a call within the loop costs more than all it does
    asked: NDArray[np.uint64],
    held: NDArray[np.uint64],
    starts: NDArray[np.uint32],
    nexts: NDArray[np.uint16],
    fours: NDArray[np.uint64],
    places: NDArray[np.uint32],
    turns: NDArray[np.uint16],
    buckets: NDArray[np.uint64],
    length: int,
    radius: int,
    most: int,
    tally: NDArray[np.int64],
    query_of: NDArray[np.int64],
    place_of: NDArray[np.int64],
    distance_of: NDArray[np.int16],
) -> int:
    """
    Look every query up. Give how many pairs there are; only as many as there is room are written.

    ``turns`` are the bits of a piece to turn: none, each one, each two; ``fours`` is ``nexts``, four to a word.
    """
    found = 0
    for query in range(asked.size // _WORDS):
        within, before = radius, found
        while True:
            for distance in range(within + 1):
                tally[distance] = 0
            found = before
            count = list_buckets(asked, query, starts, length, turns, within, buckets)
            # Touching all of them first has the processor fetch many at once; one after the other, each would be waited
            # for. What is read must be kept somewhere, or the compiler leaves the reading out.
            touched = np.uint64(0)
            for bucket in range(np.uint64(0), np.uint64(count), _U4):
                touched ^= fours[buckets[bucket] >> _U2] ^ fours[buckets[bucket + _U1] >> _U2]
            buckets[count] = touched
            for bucket in range(np.uint64(0), np.uint64(count), _U4):
                first, last = buckets[bucket], buckets[bucket + _U1]
                wanted, left = buckets[bucket + _U2], buckets[bucket + _U3]
                # Pieces are compared sixteen at a time, four in a word, their bits counted side by side without a
                # branch; neighbours that share a word with the first or the last are looked at in vain.
                for four in range(first >> _U2, (last + _U3) >> _U2, _U4):
                    alike = np.uint64(0)
                    for one in range(_U4):
                        word = fours[four + one] ^ wanted
                        word = word - ((word >> _U1) & _FIVES)
                        word = (word & _THREES) + ((word >> _U2) & _THREES)
                        word = (word + (word >> _U4)) & _LOWS
                        alike |= left - ((word + (word >> _U8)) & _FOUR_LOWS)
                    if alike & _FOUR_TOPS == np.uint64(0):
                        continue
                    for at in range(max(first, four << _U2), min(last, (four + _U4) << _U2)):
                        if bits_set((np.uint64(nexts[at]) ^ wanted) & _PIECE) > left & _BYTE:
                            continue
                        code = np.int64(places[at])
                        distance = apart(asked, query, held, code)
                        if distance > within or met_before(asked, query, held, code, np.int64(at) // length, within):
                            continue
                        tally[distance] += 1
                        if found < query_of.size:
                            query_of[found], place_of[found], distance_of[found] = query, code, distance
                        found += 1
            if found - before <= most or within == 0:
                break
            within = narrowed(tally, within, most)
    return found
