"""A reliability diagram: what was said against what share was suspected, as text and as SVG."""

from collections.abc import Sequence

from touchmark.engine.learning.measure import Bin

_SIDE, _EDGE = 320, 40


def as_text(bins: Sequence[Bin]) -> str:
    """One line per bin: the mean risk, the share with its interval, how many, and a bar."""
    lines = ["| risk said | share suspected (95 %) | listings | |", "| ---: | ---: | ---: | --- |"]
    for each in bins:
        bar = "█" * round(each.decided.value * 20)
        lines.append(f"| {each.said:.3f} | {each.decided} | {each.decided.of:.0f} | {bar} |")
    return "\n".join(lines)


def as_svg(bins: Sequence[Bin]) -> str:
    """A square with the diagonal; each bin is a point with its interval, as large as the root of its listings."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIDE + 2 * _EDGE} {_SIDE + 2 * _EDGE}" '
        'font-family="sans-serif" font-size="11">',
        f'<rect x="{_EDGE}" y="{_EDGE}" width="{_SIDE}" height="{_SIDE}" fill="none" stroke="#888"/>',
        f'<line x1="{_x(0)}" y1="{_y(0)}" x2="{_x(1)}" y2="{_y(1)}" stroke="#bbb" stroke-dasharray="4"/>',
    ]
    for each in bins:
        x, low, high = _x(each.said), _y(each.decided.low), _y(each.decided.high)
        radius = 2 + min(8.0, each.decided.of**0.5 / 8)
        parts.append(f'<line x1="{x}" y1="{low}" x2="{x}" y2="{high}" stroke="#246"/>')
        parts.append(f'<circle cx="{x}" cy="{_y(each.decided.value)}" r="{radius:.1f}" fill="#246"/>')
    for at in (0.0, 0.5, 1.0):
        parts.append(f'<text x="{_x(at)}" y="{_y(0) + 16}" text-anchor="middle">{at:g}</text>')
        parts.append(f'<text x="{_EDGE - 6}" y="{_y(at) + 4}" text-anchor="end">{at:g}</text>')
    middle = _x(0.5)
    parts.append(f'<text x="{middle}" y="{_y(0) + 32}" text-anchor="middle">risk that was said</text>')
    parts.append(
        f'<text x="{middle}" y="{_EDGE - 12}" text-anchor="middle">share of listings that are suspected</text>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _x(share: float) -> float:
    return round(_EDGE + share * _SIDE, 1)


def _y(share: float) -> float:
    return round(_EDGE + (1 - share) * _SIDE, 1)
