"""Names in other scripts by sound, and Chinese names disguised; written of a mark, not of its Latin name."""

import csv
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from benchmarks.words.cases import Mark, Piece, Written

SOUND = "another script, by sound"
CHINESE = "Chinese"
RESPELT = "respelt as sellers do"
PICTURED = "an emoji for the word"
INITIAL = "one letter and a mask"

OfMark = Callable[[Random, Mark], str | Written | None]
_DATA = Path(__file__).parent.parent / "data"


@dataclass(frozen=True, slots=True)
class MarkTrick:
    """One way of writing what a mark is called. ``held`` tricks are not in ``tune``."""

    family: str
    variant: str
    held: bool
    write: OfMark

    def __call__(self, random: Random, mark: Mark) -> Written | None:
        """Write a mark; nothing where it has no such name."""
        made = self.write(random, mark)
        return (
            Written(Piece.of(made))
            if isinstance(made, str) and made
            else None
            if not isinstance(made, Written)
            else made
        )


def all_of(data: Path) -> list[MarkTrick]:
    """All tricks of this module; the look-alikes of the report are computed from data beside the project."""
    return [
        *(MarkTrick(SOUND, name, held, _local(script)) for script, name, held in _SCRIPTS),
        MarkTrick(SOUND, "dots, spaces or jamo within", True, _local_disguised),
        MarkTrick(CHINESE, "traditional for simplified", False, _traditional),
        MarkTrick(CHINESE, "a character of the same sound", False, _homophone),
        MarkTrick(CHINESE, "a character of like look", False, _alike),
        MarkTrick(CHINESE, "a character in pinyin: 古chi", False, _pinyin),
        MarkTrick(CHINESE, "masked: 香*儿", False, _masked),
        MarkTrick(CHINESE, "signs between: 香.奈.儿", False, _parted),
        MarkTrick(CHINESE, "two characters of the same or a near sound", True, _two_homophones),
        MarkTrick(CHINESE, "a character of like look, computed", True, lambda r, m: _alike_computed(r, m, data)),
        MarkTrick(CHINESE, "taken apart: 女那", True, lambda r, m: _apart(r, m, data)),
        MarkTrick(CHINESE, "all in pinyin, spaced or not", True, _all_pinyin),
        MarkTrick(CHINESE, "other masks: 香● 香~儿 香🌸儿", True, _other_masks),
        MarkTrick(CHINESE, "brackets, emoji and blanks between", True, _decorated),
        MarkTrick(CHINESE, "first character and a mask: 香*", True, _first_masked),
        MarkTrick(RESPELT, "first spelling", False, lambda r, m: m.respelt[0] if m.respelt else None),
        MarkTrick(
            RESPELT, "other spellings", True, lambda r, m: r.choice(m.respelt[1:]) if len(m.respelt) > 1 else None
        ),
        MarkTrick(PICTURED, "🍎 🐚 🎯", True, lambda r, m: m.emoji or None),
        MarkTrick(INITIAL, "L～ V～, P*", True, _initial),
    ]


_SCRIPTS = (
    ("ru", "Cyrillic", False),
    ("ko", "Korean", False),
    ("ja", "Japanese", False),
    ("ar", "Arabic", False),
    ("th", "Thai", True),
    ("el", "Greek", True),
    ("he", "Hebrew", True),
    ("hy", "Armenian", True),
    ("ka", "Georgian", True),
    ("hi", "Devanagari", True),
)


def _local(script: str) -> OfMark:
    return lambda random, mark: dict(mark.local).get(script)


def _local_disguised(random: Random, mark: Mark) -> str | None:
    names = [name for script, name in mark.local if script in ("ru", "ko", "ja", "th")]
    if not names:
        return None
    name = random.choice(names)
    if unicodedata.name(name[0]).startswith("HANGUL") and random.random() < 0.5:
        return unicodedata.normalize("NFKD", name)
    return random.choice((".", " ", "·", "*")).join(name.replace(" ", ""))


def _chinese(mark: Mark) -> str | None:
    """The Chinese name that the register has."""
    return next((alias for alias in mark.aliases if "\u4e00" <= alias[0] <= "\u9fff"), None)


@cache
def _han() -> dict[str, dict[str, str]]:
    with (_DATA / "han.csv").open(encoding="utf-8", newline="") as lines:
        return {row["character"]: row for row in csv.DictReader(lines)}


def _put(random: Random, mark: Mark, table: Callable[[str], str], count: int) -> str | None:
    """Write so many characters by a table."""
    name = _chinese(mark)
    places = [i for i, c in enumerate(name or "") if table(c)]
    if not name or len(name) < 2 or len(places) < count:
        return None
    chosen = set(random.sample(places, count))
    return "".join(table(c) if i in chosen else c for i, c in enumerate(name))


def _traditional(random: Random, mark: Mark) -> str | None:
    name = _chinese(mark) or ""
    made = "".join(_han()[c]["traditional"] if c in _han() else c for c in name)
    return made if made != name else None


def _homophone(random: Random, mark: Mark) -> str | None:
    return _put(random, mark, lambda c: _han().get(c, {}).get("same_sound", "")[:1], 1)


def _two_homophones(random: Random, mark: Mark) -> str | None:
    wanted = 2 if len(_chinese(mark) or "") > 2 else 1
    return _put(random, mark, lambda c: _han().get(c, {}).get("same_sound", "")[-1:], wanted)


def _alike(random: Random, mark: Mark) -> str | None:
    return _put(random, mark, lambda c: _han().get(c, {}).get("like_look", ""), 1)


def _pinyin(random: Random, mark: Mark) -> str | None:
    return _put(random, mark, lambda c: _han().get(c, {}).get("pinyin", ""), 1)


def _all_pinyin(random: Random, mark: Mark) -> str | None:
    name = _chinese(mark) or ""
    read = [_han()[c]["pinyin"] for c in name if c in _han()]
    return random.choice(("", " ")).join(read) if len(read) == len(name) and len(name) > 2 else None


def _masked(random: Random, mark: Mark) -> str | None:
    name = _chinese(mark) or ""
    return f"{name[0]}*{name[2:]}" if len(name) > 2 else None


def _other_masks(random: Random, mark: Mark) -> str | None:
    name = _chinese(mark) or ""
    if len(name) < 3:
        return None
    at = random.randrange(1, len(name))
    return name[:at] + random.choice(("●", "~", "○", "🌸", "x", "＊", "_", "某")) + name[at + 1 :]


def _first_masked(random: Random, mark: Mark) -> str | None:
    name = _chinese(mark) or ""
    return name[0] + random.choice(("*", "～", "**", "家")) if len(name) > 1 else None


def _parted(random: Random, mark: Mark) -> str | None:
    return random.choice(".-/").join(_chinese(mark) or "")


def _decorated(random: Random, mark: Mark) -> str | None:
    name = _chinese(mark) or ""
    if len(name) < 2:
        return None
    return (
        random.choice((" ", "❤", "\u200b", "、", "|", "　")).join(name)
        if random.random() < 0.7
        else "【" + "】【".join(name) + "】"
    )


def _apart(random: Random, mark: Mark, data: Path) -> str | None:
    return _put(random, mark, lambda c: _components(data).get(c, ""), 1)


@cache
def _components(data: Path) -> dict[str, str]:
    """Characters of two parts side by side, taken apart."""
    structure = _table(data, "hanzijiegou_2w")
    lines = (line.split("\t") for line in (data / "text" / "chaizi-jt.txt").read_text(encoding="utf-8").splitlines())
    pairs = {line[0]: line[1].split() for line in lines if len(line) > 1}
    return {c: "".join(parts) for c, parts in pairs.items() if len(parts) == 2 and structure.get(c) == "1"}


@cache
def _table(data: Path, name: str) -> dict[str, str]:
    lines = (data / "text" / "hanzi_similar" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if len(line.split()) == 2}


def _alike_computed(random: Random, mark: Mark, data: Path) -> str | None:
    return _put(random, mark, lambda c: _lookalike(c, data), 1)


@cache
def _lookalike(char: str, data: Path) -> str:
    """The common character nearest in shape: one part in common, the same structure, strokes and corners near."""
    structure, strokes, corners = (_table(data, n) for n in ("hanzijiegou_2w", "bihuashu_2w", "sijiaobianma_2w"))
    own = set(_components_of(data).get(char, ()))
    best = ("", 0)
    for other in _common():
        if (
            other == char
            or not own & set(_components_of(data).get(other, ()))
            or structure.get(other) != structure.get(char)
        ):
            continue
        alike = sum(a == b for a, b in zip(corners.get(char, ""), corners.get(other, ""), strict=False))
        near = alike * 10 - abs(int(strokes.get(char, 0)) - int(strokes.get(other, 0)))
        best = max(best, (other, near), key=lambda pair: pair[1])
    return best[0] if best[1] >= 25 else ""


@cache
def _components_of(data: Path) -> dict[str, tuple[str, ...]]:
    lines = (line.split("\t") for line in (data / "text" / "chaizi-jt.txt").read_text(encoding="utf-8").splitlines())
    return {line[0]: tuple(line[1].split()) for line in lines if len(line) > 1}


@cache
def _common() -> tuple[str, ...]:
    """The common characters: the first level of GB 2312."""
    codes = (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    return tuple(code.decode("gb2312", "ignore") for code in codes if code.decode("gb2312", "ignore"))


def _initial(random: Random, mark: Mark) -> str | None:
    if mark.source != "known":
        return None
    mask = random.choice(("～", "*", "家", "**"))
    return " ".join(word[0] + mask for word in mark.text.split()) if mask != "家" else mark.text[0] + mask
