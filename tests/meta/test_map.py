"""docs/map.md knows every room, and names none that is not there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "touchmark"


def rooms() -> set[str]:
    """Give every package of the source, as the map names it: ``apps/notices/``."""
    packages = (file.parent for file in SOURCE.rglob("__init__.py"))
    names = {f"{package.relative_to(SOURCE).as_posix()}/" for package in packages if package != SOURCE}
    return {name for name in names if "migrations/" not in name and "templatetags/" not in name}


def test_the_map_has_a_line_for_every_room() -> None:
    named = re.findall(r"^\| `([a-z_/0-9]+/)` \|", (ROOT / "docs" / "map.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(named) == sorted(rooms())


def test_every_room_says_what_lives_there() -> None:
    silent = [room for room in sorted(rooms()) if '"""' not in (SOURCE / room / "__init__.py").read_text("utf-8")]
    assert silent == []
