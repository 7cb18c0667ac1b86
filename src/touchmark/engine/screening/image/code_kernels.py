"""The loops of ``code`` and ``parts``: decimating a picture or a part of it, its spectrum, its bits."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.native import inlined, native

SIDE = 64
FREQUENCIES = 16
BITS = 256
_HALF = 127  # the lower of the two middle places of 256


@native
def decimate(
    pixels: NDArray[np.uint8],
    width: int,
    row: NDArray[np.int64],
    row_weight: NDArray[np.float64],
    column: NDArray[np.int64],
    column_weight: NDArray[np.float64],
    line: NDArray[np.float64],
    small: NDArray[np.float64],
) -> None:
    """Filter a picture to 64 x 64: ``row`` and ``column`` say which pixels each of the 64 is the weighted sum of."""
    down, across = row.size // SIDE, column.size // SIDE
    for y in range(SIDE):
        for x in range(width):
            line[x] = 0.0
        for tap in range(down):
            weight, start = row_weight[y * down + tap], np.uint64(row[y * down + tap] * width)
            if weight != 0.0:
                for place in range(np.uint64(width)):
                    line[place] += weight * pixels[start + place]
        for x in range(SIDE):
            total = 0.0
            for tap in range(across):
                total += column_weight[x * across + tap] * line[column[x * across + tap]]
            small[y * SIDE + x] = total


@native
def sum_up(pixels: NDArray[np.uint8], width: int, sums: NDArray[np.float64]) -> None:
    """Fill ``sums``, (height + 1) x (width + 1), with what lies above and to the left of each corner: whole numbers."""
    for x in range(width + 1):
        sums[x] = 0.0
    for y in range(pixels.size // width):
        total, place = 0.0, (y + 1) * (width + 1)
        sums[place] = 0.0
        for x in range(width):
            total += float(pixels[y * width + x])
            sums[place + x + 1] = sums[place + x - width] + total


@inlined
def window_of(length: int) -> int:
    """Give the width of the box filter along a side: the side over 128, rounded up."""
    return -(-length // (2 * SIDE))


@inlined
def taken(length: int, place: int) -> float:
    """Give the middle of the place-th of the 64 boxes along a side; a box of even width leans to the right."""
    middle = ((2 * place + 1) * length) // (2 * SIDE)
    return float(middle) + (0.5 if window_of(length) % 2 else 1.5)


@native
def decimate_parts(
    sums: NDArray[np.float64],
    width: int,
    parts: NDArray[np.float64],
    step: float,
    line: NDArray[np.float64],
    small: NDArray[np.float64],
) -> None:
    """
    Take 64 x 64 places of each part of a picture, as ``decimate`` would of the part alone at its full size.

    A part is left, top, right, bottom in pixels of ``sums``, each the mean of ``step`` by ``step`` full ones. The two
    passes of the box filter are replaced by one box as wide as both are in effect.
    """
    height = sums.size // (width + 1) - 1
    for part in range(parts.size // 4):
        left, top, right, bottom = parts[4 * part], parts[4 * part + 1], parts[4 * part + 2], parts[4 * part + 3]
        full_width, full_height = int((right - left) * step + 0.5), int((bottom - top) * step + 0.5)
        half_x, half_y = window_of(full_width) * 0.5**0.5 / step, window_of(full_height) * 0.5**0.5 / step
        from_x, to_x = int(left), min(int(right) + 1, width)
        for y in range(SIDE):
            middle = top + taken(full_height, y) / step
            low, high = max(middle - half_y, top), min(middle + half_y, bottom)
            if high - low < 1e-6:
                low = high - 1e-6
            low_row, high_row = min(int(low), height - 1), min(int(high), height - 1)
            low_part, high_part = low - low_row, high - high_row
            low_at, high_at = np.uint64(low_row * (width + 1)), np.uint64(high_row * (width + 1))
            next_low, next_high = low_at + np.uint64(width + 1), high_at + np.uint64(width + 1)
            for x in range(np.uint64(from_x), np.uint64(to_x + 1)):
                above = sums[low_at + x] + low_part * (sums[next_low + x] - sums[low_at + x])
                line[x] = sums[high_at + x] + high_part * (sums[next_high + x] - sums[high_at + x]) - above
            for x in range(SIDE):
                middle_x = left + taken(full_width, x) / step
                start, end = max(middle_x - half_x, left), min(middle_x + half_x, right)
                if end - start < 1e-6:
                    start = end - 1e-6
                first, last = min(int(start), width - 1), min(int(end), width - 1)
                before = line[first] + (start - first) * (line[first + 1] - line[first])
                after = line[last] + (end - last) * (line[last + 1] - line[last])
                small[(part * SIDE + y) * SIDE + x] = (after - before) / ((high - low) * (end - start))


@native
def take_spectra(
    small: NDArray[np.float64],
    cosines: NDArray[np.float64],
    half: NDArray[np.float64],
    spectrum: NDArray[np.int64],
    quality: NDArray[np.int64],
) -> None:
    """Give the 16 x 16 lowest frequencies of 64 x 64 pictures, in thousandths, and their quality, 0 to 100."""
    for picture in range(small.size // (SIDE * SIDE)):
        base = np.uint64(picture * SIDE * SIDE)
        for f in range(FREQUENCIES):
            for x in range(np.uint64(SIDE)):
                half[x] = 0.0
            for y in range(SIDE):
                weight, row = cosines[f * SIDE + y], base + np.uint64(y * SIDE)
                for x in range(np.uint64(SIDE)):
                    half[x] += weight * small[row + x]
            for g in range(FREQUENCIES):
                total = 0.0
                for x in range(SIDE):
                    total += half[x] * cosines[g * SIDE + x]
                spectrum[picture * BITS + f * FREQUENCIES + g] = int(np.floor(total * 1000.0 + 0.5))
        quality[picture] = min(100, int(steps_in(small, picture * SIDE * SIDE)) // 90)


@inlined
def steps_in(small: NDArray[np.float64], first: int) -> float:
    """Sum the steps between neighbours of a 64 x 64 picture."""
    steps = 0.0
    for y in range(SIDE):
        for x in range(SIDE):
            at = first + y * SIDE + x
            if x + 1 < SIDE:
                steps += step_between(small[at], small[at + 1])
            if y + 1 < SIDE:
                steps += step_between(small[at], small[at + SIDE])
    return steps


@inlined
def step_between(one: Any, other: Any) -> Any:
    """Give the step from one place to the next in whole hundredths of the grey scale."""
    return np.floor(np.floor(abs(other - one) * (100.0 / 255.0) * 1e6 + 0.5) / 1e6)


@native
def take_bits(
    spectrum: NDArray[np.int64],
    of: NDArray[np.int64],
    orientation: NDArray[np.int64],
    turned: NDArray[np.int64],
    sorting: NDArray[np.int64],
    codes: NDArray[np.uint8],
) -> None:
    """
    Write the code of each wanted spectrum, ``of``, as that of the picture in an orientation.

    Mirroring a picture turns the sign of every other frequency, and swapping its sides swaps those of its spectrum.
    """
    for wanted in range(of.size):
        way, base = orientation[wanted], of[wanted] * BITS
        for f in range(FREQUENCIES):
            for g in range(FREQUENCIES):
                value = spectrum[base + (g * FREQUENCIES + f if way & 4 else f * FREQUENCIES + g)]
                if (way & 1 and g % 2 == 0) != (way & 2 and f % 2 == 0):
                    value = -value
                turned[f * FREQUENCIES + g] = value
                sorting[f * FREQUENCIES + g] = value
        middle = at_place(sorting, _HALF)
        for byte in range(BITS // 8):
            bits = 0
            for bit in range(8):
                if turned[byte * 8 + bit] > middle:
                    bits |= 1 << bit
            codes[wanted * (BITS // 8) + BITS // 8 - 1 - byte] = bits


@inlined
def at_place(values: NDArray[np.int64], place: int) -> Any:
    """Give the value that would stand at a place if the values were sorted; they are put in another order."""
    low, high = 0, values.size - 1
    while low < high:
        pivot, i, j = values[(low + high) // 2], low, high
        while i <= j:
            while values[i] < pivot:
                i += 1
            while values[j] > pivot:
                j -= 1
            if i <= j:
                values[i], values[j] = values[j], values[i]
                i, j = i + 1, j - 1
        if place <= j:
            high = j
        elif place >= i:
            low = i
        else:
            break
    return values[place]
