"""The clock is read in one place of each door, and nowhere below."""

import re
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "touchmark"
READS = re.compile(r"\b(datetime\.now|date\.today|timezone\.now|localdate|time\.time)\(")
DOORS = {"api/clock.py", "ops/clock.py", "web/clock.py"}


def test_the_clock_is_read_in_one_place_of_each_door() -> None:
    readers = {
        file.relative_to(SOURCE).as_posix()
        for file in SOURCE.rglob("*.py")
        if READS.search(file.read_text(encoding="utf-8"))
    }
    assert readers <= DOORS
