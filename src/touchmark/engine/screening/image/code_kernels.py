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
    one, across = np.uint64(1), np.uint64(width)
    for x in range(across + one):
        sums[x] = 0.0
    for y in range(np.uint64(pixels.size // width)):
        total, row, above = 0.0, y * across, y * (across + one)
        place = above + across + one
        sums[place] = 0.0
        for x in range(across):
            total += float(pixels[row + x])
            sums[place + x + one] = sums[above + x + one] + total


@inlined
def window_of(length: int) -> int:
    """Give the width of the box filter along a side: the side over 128, rounded up."""
    return -(-length // (2 * SIDE))


@inlined
def taken(length: int, place: int, mirrored: bool) -> float:
    """
    Give the middle of the place-th of the 64 boxes along a side: a box of even width leans towards the end.

    ``mirrored`` gives it as it is when the picture is mirrored, seen from this side of the mirror.
    """
    if mirrored:
        return length - taken_ahead(length, SIDE - 1 - place)
    return taken_ahead(length, place)


@inlined
def taken_ahead(length: int, place: int) -> float:
    """Give the middle of a box, the picture not being mirrored."""
    middle = ((2 * place + 1) * length) // (2 * SIDE)
    return float(middle) + (0.5 if window_of(length) % 2 else 1.5)


@inlined
def box_around(
    middle: float, half: float, first: float, last: float, most: int, boxes: NDArray[np.float64], box: int
) -> None:
    """Write where a box within ``first`` and ``last`` starts and ends, each a pixel and a part of one; its size."""
    low, high = max(middle - half, first), min(middle + half, last)
    if high - low < 1e-6:
        low = high - 1e-6
    low_pixel, high_pixel = min(int(low), most), min(int(high), most)
    boxes[box], boxes[box + 1] = float(low_pixel), low - low_pixel
    boxes[box + 2], boxes[box + 3] = float(high_pixel), high - high_pixel
    boxes[box + 4] = high - low


@native
def decimate_parts(
    sums: NDArray[np.float64],
    width: int,
    parts: NDArray[np.float64],
    mirrored: NDArray[np.int64],
    step: float,
    line: NDArray[np.float64],
    boxes: NDArray[np.float64],
    small: NDArray[np.float64],
) -> None:
    """
    Take 64 x 64 places of each part of a picture, as ``decimate`` would of the part alone at its full size.

    A part is left, top, right, bottom in pixels of ``sums``, each the mean of ``step`` by ``step`` full ones. Places
    are those of the picture ``mirrored`` left to right (1), top to bottom (2), both (3) or not, but not their order.
    The two passes of the box filter are replaced by one box as wide as both are in effect.
    """
    height, row = sums.size // (width + 1) - 1, np.uint64(width + 1)
    for part in range(parts.size // 4):
        left, top, right, bottom = parts[4 * part], parts[4 * part + 1], parts[4 * part + 2], parts[4 * part + 3]
        full_width, full_height = int((right - left) * step + 0.5), int((bottom - top) * step + 0.5)
        half_x, half_y = window_of(full_width) * 0.5**0.5 / step, window_of(full_height) * 0.5**0.5 / step
        for x in range(SIDE):
            middle_x = left + taken(full_width, x, mirrored[part] & 1 != 0) / step
            box_around(middle_x, half_x, left, right, width - 1, boxes, 5 * x)
        from_x, to_x = np.uint64(left), np.uint64(min(int(right) + 2, width + 1))
        for y in range(SIDE):
            middle_y = top + taken(full_height, y, mirrored[part] & 2 != 0) / step
            box_around(middle_y, half_y, top, bottom, height - 1, boxes, 5 * SIDE)
            low_part, high_part, tall = boxes[5 * SIDE + 1], boxes[5 * SIDE + 3], boxes[5 * SIDE + 4]
            low, high = np.uint64(boxes[5 * SIDE]) * row, np.uint64(boxes[5 * SIDE + 2]) * row
            for x in range(from_x, to_x):
                above = sums[low + x] + low_part * (sums[low + row + x] - sums[low + x])
                line[x] = sums[high + x] + high_part * (sums[high + row + x] - sums[high + x]) - above
            for x in range(SIDE):
                first, last = np.uint64(boxes[5 * x]), np.uint64(boxes[5 * x + 2])
                before = line[first] + boxes[5 * x + 1] * (line[first + np.uint64(1)] - line[first])
                after = line[last] + boxes[5 * x + 3] * (line[last + np.uint64(1)] - line[last])
                small[(part * SIDE + y) * SIDE + x] = (after - before) / (tall * boxes[5 * x + 4])


@native
def take_spectra(
    small: NDArray[np.float64],
    cosines: NDArray[np.float64],
    by_place: NDArray[np.float64],
    folded: NDArray[np.float64],
    half: NDArray[np.float64],
    spectrum: NDArray[np.int64],
    quality: NDArray[np.int64],
) -> None:
    """
    Give the 16 x 16 lowest frequencies of 64 x 64 pictures, in thousandths, and their quality, 0 to 100.

    ``cosines`` are 16 x 64, ``by_place`` the same 64 x 16; ``folded`` has room for 64 x 64, ``half`` for 64 + 16. A
    cosine is the same, or the opposite, from either end of its line, so that lines are added to their opposites once.
    """
    side, frequencies, middle, four = np.uint64(SIDE), np.uint64(FREQUENCIES), np.uint64(SIDE // 2), np.uint64(4)
    one, two, three = np.uint64(1), np.uint64(2), np.uint64(3)
    for picture in range(small.size // (SIDE * SIDE)):
        base = np.uint64(picture * SIDE * SIDE)
        fold(small, base, folded)
        for f in range(frequencies):
            for x in range(side + frequencies):
                half[x] = 0.0
            first = (f % two) * middle * side
            for y in range(np.uint64(0), middle, four):
                row, place = first + y * side, f * side + y
                w0, w1, w2, w3 = cosines[place], cosines[place + one], cosines[place + two], cosines[place + three]
                for x in range(side):
                    half[x] += (
                        w0 * folded[row + x]
                        + w1 * folded[row + side + x]
                        + w2 * folded[row + two * side + x]
                        + w3 * folded[row + three * side + x]
                    )
            for x in range(side):
                weight, row = half[x], x * frequencies
                for g in range(frequencies):
                    half[side + g] += weight * by_place[row + g]
            for g in range(FREQUENCIES):
                spectrum[picture * BITS + np.int64(f) * FREQUENCIES + g] = int(np.floor(half[SIDE + g] * 1000.0 + 0.5))
        quality[picture] = min(100, int(steps_in(small, base)) // 90)


@inlined
def fold(small: NDArray[np.float64], first: Any, folded: NDArray[np.float64]) -> None:
    """Take each line of a 64 x 64 picture less its opposite, then each with its opposite."""
    side, middle = np.uint64(SIDE), np.uint64(SIDE // 2)
    for y in range(middle):
        row, opposite, less = first + y * side, first + (side - np.uint64(1) - y) * side, y * side
        for x in range(side):
            folded[less + x] = small[row + x] - small[opposite + x]
        for x in range(side):
            folded[less + middle * side + x] = small[row + x] + small[opposite + x]


@inlined
def steps_in(small: NDArray[np.float64], first: Any) -> float:
    """Sum the steps between neighbours of a 64 x 64 picture, in whole hundredths of the grey scale."""
    steps, side, one = 0, np.uint64(SIDE), np.uint64(1)
    for y in range(side):
        row = first + y * side
        for x in range(side - one):
            steps += int(abs(small[row + x + one] - small[row + x]) * (100.0 / 255.0) + 5e-7)
    for y in range(side - one):
        row = first + y * side
        for x in range(side):
            steps += int(abs(small[row + side + x] - small[row + x]) * (100.0 / 255.0) + 5e-7)
    return float(steps)


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
