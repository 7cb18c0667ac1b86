"""
Findings and misses to be read by eye: ``python -m benchmarks.reading --data DIR --seed 7``.

Draws three lists. Findings of words, spread evenly over the files and the ways. Places that may be misses: where a
looser and slower reader than the engine sees one of the register's best-known brands (``wm-…``), and the engine found
none of that brand in the listing; each word once, for the looser reader is wrong more often than not. And titles of the
suspected listings in which neither saw such a brand. What was learnt is in ``docs/accuracy.md``.
"""

import argparse
import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from touchmark.engine.screening.model import Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.integrations.files.reading import read_whole
from touchmark.integrations.files.tables import LISTINGS, RIGHTS

FILES = ("general", "resale", "suspected")
#: Shorter parts of a name, or names within words, are most likely others.
LEAST_PART, LEAST_GLUED = 5, 4
#: A word of fewer letters that is one letter off is most likely a word.
LEAST_NEAR = 6
#: Other names of one or two letters are read in most titles.
LEAST_NAME = 2


UNSEEN = "nothing seen"


@dataclass(frozen=True, slots=True)
class Reader:
    """What the looser reader looks for: letters only, in small."""

    brand: str
    whole: str
    parts: set[str]
    names: set[str]  # other names that sellers have for it


@dataclass(frozen=True, slots=True)
class Place:
    """One thing to read. ``stratum`` is what the draw is spread over."""

    stratum: tuple[str, str]
    brand: str
    surface: str
    about: str
    text: str


def main() -> None:
    """Draw and print."""
    options = _options()
    snapshot, _ = compile_register(read_whole(options.data / "register" / "rights.csv", RIGHTS)[0], None)
    snapshot = snapshot.as_of(options.as_of)
    brands = _brands(snapshot, options.data / "listings" / "disguised_brand_names.csv")
    findings: list[Place] = []
    misses: list[Place] = []
    for name in FILES:
        listings, _ = read_whole(options.data / "listings" / f"{name}.csv", LISTINGS)
        found, _ = screen(listings, None, snapshot, Model.default())
        rows = {row["row"]: row for row in listings.to_pylist()}
        findings += _findings(name, found.to_pylist(), rows, snapshot)
        misses += _misses(name, found.to_pylist(), rows, brands, snapshot)
    unseen = [place for place in misses if place.stratum == ("suspected", UNSEEN)]
    misses = [place for place in misses if place.stratum[1] != UNSEEN]
    for title, places in (("Findings", findings), ("Perhaps missed", misses), ("Neither found nor seen", unseen)):
        _print(title, places, _drawn(places, options.count, Random(options.seed)))  # noqa: S311  (nothing here is secret)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reading")
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--count", type=int, default=40, help="how many of each")
    parser.add_argument("--as-of", type=date.fromisoformat, default=date(2026, 3, 31))
    return parser.parse_args()


def _findings(name: str, found: list[Any], rows: dict[int, Any], snapshot: Snapshot) -> Iterator[Place]:
    """Rights found at one place are one finding; so is one title that stands in several listings."""
    texts = dict(zip(*(snapshot.rights[column].to_pylist() for column in ("right_id", "text")), strict=True))
    together: dict[tuple[str, int], list[Any]] = defaultdict(list)
    for finding in found:
        together[rows[finding["row"]][finding["field"]], finding["start"]].append(finding)
    for (text, start), findings in together.items():
        finding, row = findings[0], rows[findings[0]["row"]]
        brands = dict.fromkeys(texts[f["right_id"]] for f in findings if f["row"] == finding["row"])
        about = f"{finding['confidence']:.2f} {finding['field']} of “{row['title'][:90]}” [{row['category'] or ''}]"
        around = text[max(0, start - 60) : finding["end"] + 60]
        yield Place((name, finding["way"]), " / ".join(brands), finding["surface"], about, around)


def _brands(snapshot: Snapshot, other_names: Path) -> dict[str, set[str]]:
    """The best-known brands, each with the other names that sellers have for it."""
    columns = (snapshot.rights[name].to_pylist() for name in ("right_id", "text"))
    brands: dict[str, set[str]] = {
        text: set() for right, text in zip(*columns, strict=True) if right.startswith("wm-") and text
    }
    with other_names.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            names = {_letters(part) for part in line["brand"].split("/")}
            for brand, own in brands.items():
                if _letters(brand) in names or any(_letters(word) in names for word in brand.split()[:1]):
                    own.add(_letters(line["alias"]))
    return {brand: {name for name in own if len(name) > LEAST_NAME} for brand, own in brands.items()}


def _misses(
    name: str, found: list[Any], rows: dict[int, Any], brands: dict[str, set[str]], snapshot: Snapshot
) -> Iterator[Place]:
    """Where a looser reader sees a brand that was not found; stratum ``UNSEEN`` where none sees any."""
    columns = (snapshot.rights[column].to_pylist() for column in ("right_id", "text", "brand"))
    brand_of = {right: _letters(brand or text or "") for right, text, brand in zip(*columns, strict=True)}
    held: dict[int, set[str]] = defaultdict(set)
    for finding in found:
        held[finding["row"]].add(brand_of[finding["right_id"]])
    readers = [_reader(brand, names) for brand, names in brands.items()]
    seen: set[str | tuple[str, str]] = set()
    for number, row in rows.items():
        text = f"{row['title']} | {row['brand'] or ''}"
        words = [] if text in seen else _words(text)
        seen.add(text)
        missed = [reader for reader in readers if reader.whole not in held[number]]
        reads = [(reader.brand, *read) for reader in missed if words and (read := _read(words, reader))]
        for brand, how, surface in reads:
            if (brand, surface) not in seen:
                yield Place((name, how), brand, surface, f"[{row['category'] or ''}]", text)
            seen.add((brand, surface))
        if words and not reads and len(missed) == len(readers):
            yield Place((name, UNSEEN), "?", "?", f"[{row['category'] or ''}]", text)


def _reader(brand: str, names: set[str]) -> Reader:
    parts = {_letters(part) for part in brand.split() if " " in brand and len(_letters(part)) >= LEAST_PART}
    return Reader(brand, _letters(brand), parts, names)


def _read(words: list[str], reader: Reader) -> tuple[str, str] | None:
    """How a brand is read in some words, if it is, and in which."""
    whole = reader.whole
    for place, word in enumerate(words):
        if _parted(words[place:], whole):
            return "as it is, or parted", " ".join(words[place : place + 3])
        if word == whole:
            continue
        if len(whole) >= LEAST_GLUED and whole in word:
            return "glued", word
        if word in reader.names or word in reader.parts:
            return "other name" if word in reader.names else "part of the name", word
        if any(len(name) >= LEAST_NEAR and _one_off(word, name) for name in (whole, *reader.parts)):
            return "one letter off", word
    return None


def _parted(words: list[str], whole: str) -> bool:
    """Whether the words begin with the letters of a brand, in pieces or not."""
    so_far = ""
    for word in words[: len(whole)]:
        so_far += word
        if not whole.startswith(so_far):
            return False
        if so_far == whole:
            return True
    return False


def _one_off(word: str, other: str) -> bool:
    """Whether one letter put in, left out, changed, or two swapped, make one of the other."""
    if abs(len(word) - len(other)) > 1 or word == other:
        return False
    ahead = next((i for i, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    rest, other_rest = word[ahead:], other[ahead:]
    swapped = rest[1::-1] + rest[2:] if len(rest) > 1 else rest
    return rest[1:] == other_rest[1:] or rest[1:] == other_rest or rest == other_rest[1:] or swapped == other_rest


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", _plain(text))


def _letters(text: str) -> str:
    return "".join(_words(text))


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.replace("'", "").replace("’", ""))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def _drawn(places: list[Place], count: int, random: Random) -> list[Place]:
    """Draw from the strata in turn, so that a small one is read whole before a large one is read much."""
    strata: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in places:
        strata[place.stratum].append(place)
    for held in strata.values():
        random.shuffle(held)
    drawn: list[Place] = []
    while len(drawn) < count and any(strata.values()):
        for key in sorted(strata):
            if strata[key] and len(drawn) < count:
                drawn.append(strata[key].pop())
    return sorted(drawn, key=lambda place: place.stratum)


def _print(title: str, places: list[Place], drawn: list[Place]) -> None:
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for place in places:
        sizes[place.stratum] += 1
    print(f"## {title}: {len(drawn)} of {len(places):,}\n")
    for stratum in sorted(sizes):
        print(f"- {' / '.join(stratum)}: {sizes[stratum]:,}")
    for number, place in enumerate(drawn, 1):
        print(f"\n{number}. {' / '.join(place.stratum)} · **{place.brand}** as “{place.surface}” · {place.about}")
        print(f"   {' '.join(place.text.split())}")
    print()


if __name__ == "__main__":
    main()
