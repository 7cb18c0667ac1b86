"""
Draw an SVG: in this process, or as a program of its own that may use little.

Two kilobytes can ask for hours: by filters, by layers, by things that refer to things. Nobody sees from the outside
which drawing does, and what draws cannot be stopped within a process; so ``svg`` starts this program for whatever is
more than plain shapes. It imports nothing of Touchmark, so that it starts at once.

Read from standard input: a line with width and height, then the drawing. Written to standard output: a PNG.
"""

import sys
from contextlib import suppress

#: What it may use: bytes of memory, seconds of a core.
MEMORY, SECONDS = 1_500_000_000, 5
#: How it ends where the drawing is none.
BROKEN = 3


def draw(svg: str, width: int, height: int) -> bytes:
    """
    Draw on white.

    :raises ValueError: if it cannot be drawn
    """
    import resvg_py

    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, background="#ffffff", skip_system_fonts=True, width=width, height=height)
    )


def limit() -> None:
    """Take no more than is given. Where the system knows no such limit, the caller's time limit is left."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read, draw, write."""
    width, height = map(int, sys.stdin.buffer.readline().split())
    svg = sys.stdin.buffer.read().decode()
    limit()
    try:
        drawn = draw(svg, width, height)
    except ValueError:
        return BROKEN
    sys.stdout.buffer.write(drawn)
    return 0


if __name__ == "__main__":
    sys.exit(main())
