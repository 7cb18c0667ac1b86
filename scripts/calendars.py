# /// script
# requires-python = ">=3.11"
# dependencies = ["holidays==0.109"]
# ///
"""
Public holidays frozen into files of the engine: ``uv run scripts/calendars.py``, which brings python-holidays along.

The engine asks no network and follows no library's next release: a due moment that somebody was told stays what it was.
Run it when a country has announced its days, read the difference, say in the changelog what moved.
"""

from datetime import date
from pathlib import Path

import holidays

FOLDER = Path(__file__).resolve().parents[1] / "src" / "touchmark" / "engine" / "policy" / "data" / "calendars"
FIRST, LAST = 2020, 2032
#: Our code: the library's country, its part, and the last year whose days are announced or follow from law alone.
#: Later years are the library's computation: moved working days and days by the moon's sighting may still change.
COUNTRIES: dict[str, tuple[str, str | None, int]] = {
    "be": ("BE", None, LAST),
    "cn": ("CN", None, 2026),
    "de": ("DE", None, LAST),
    "es": ("ES", None, 2026),
    "fr": ("FR", None, LAST),
    "gb": ("GB", "ENG", 2028),
    "hk": ("HK", None, 2026),
    "ie": ("IE", None, LAST),
    "in": ("IN", None, 2026),
    "it": ("IT", None, LAST),
    "jp": ("JP", None, 2027),
    "kr": ("KR", None, 2026),
    "lu": ("LU", None, LAST),
    "nl": ("NL", None, LAST),
    "pl": ("PL", None, LAST),
    "se": ("SE", None, LAST),
    "sg": ("SG", None, 2026),
    "us": ("US", None, LAST),
}
HEAD = "# Made by scripts/calendars.py; do not edit. Weekends are Saturday and Sunday; those in 'worked' are worked.\n"


def main() -> None:
    """Write every country's file."""
    for code, (country, part, announced) in COUNTRIES.items():
        days = holidays.country_holidays(country, subdiv=part, years=range(FIRST, LAST + 1), language="en_US")
        worked = sorted(day for day in days.weekend_workdays if FIRST <= day.year <= LAST)
        (FOLDER / f"{code}.toml").write_text(_file(code, part, days, worked, announced), encoding="utf-8")


def _file(code: str, part: str | None, days: holidays.HolidayBase, worked: list[date], announced: int) -> str:
    where = f"{days.country}-{part}" if part else days.country
    lines = [
        HEAD,
        f'id = "{code}"',
        f'source = "python-holidays {holidays.__version__}, public holidays of {where}"',
        'url = "https://github.com/vacanza/holidays"',
        f"first = {date(FIRST, 1, 1)}",
        f"last = {date(LAST, 12, 31)}",
        f"announced_until = {date(announced, 12, 31)}",
        f"worked = [{', '.join(map(str, worked))}]",
        "",
        "[holidays]",
        *(f'{day} = "{_plain(name)}"' for day, name in sorted(days.items()) if FIRST <= day.year <= LAST),
    ]
    return "\n".join(lines) + "\n"


def _plain(name: str) -> str:
    return name.replace('"', "'")


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    main()
