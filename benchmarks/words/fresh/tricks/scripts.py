"""Names in other scripts, and these in disguise; and Chinese names, in disguise."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random

from pypinyin import lazy_pinyin

from benchmarks.words.cases import Mark
from benchmarks.words.fresh.tricks.way import OfMark, Way, by_table, of_mark
from benchmarks.words.traditional import in_traditional

SOUND = "another script, by sound"
SOUND_HIDDEN = "another script, in disguise"
CHINESE = "Chinese names in disguise"
_NAMED = {
    "ru": "Russian",
    "ko": "Korean",
    "ja": "Japanese",
    "ar": "Arabic",
    "th": "Thai",
    "el": "Greek",
    "he": "Hebrew",
}


def _local(script: str) -> OfMark:
    return lambda random, mark: dict(mark.local).get(script)


for _script, _language in _NAMED.items():
    of_mark(SOUND, _language)(_local(_script))


def _of_script(*scripts: str) -> Callable[[Random, Mark], str | None]:
    def chosen(random: Random, mark: Mark) -> str | None:
        names = [name for script, name in mark.local if script in scripts]
        return random.choice(names) if names else None

    return chosen


@of_mark(SOUND_HIDDEN, "signs or blanks between")
def parted(random: Random, mark: Mark) -> str | None:
    """П.а.н.д.о.р.а, 판*도*라."""
    name = _of_script("ru", "ko", "ja", "th", "el", "he")(random, mark)
    return random.choice((".", " ", "·", "-", "/")).join(name.replace(" ", "")) if name else None


@of_mark(SOUND_HIDDEN, "one letter masked")
def masked(random: Random, mark: Mark) -> str | None:
    """П*ндора."""
    name = _of_script("ru", "ko", "ja", "el")(random, mark)
    if not name or len(name) < 3:
        return None
    at = random.choice([i for i in range(1, len(name)) if name[i].isalpha()])
    return name[:at] + random.choice("**○x") + name[at + 1 :]


_LATIN = dict(zip("аеорсухАВЕКМНОРСТХ", "aeopcyxABEKMHOPCTX", strict=True))


@of_mark(SOUND_HIDDEN, "Latin letters in Russian")
def latin_within(random: Random, mark: Mark) -> str | None:
    """Пaндopa."""
    name = dict(mark.local).get("ru")
    return by_table(random, name, _LATIN, random.choice((1, 2, len(name)))) if name else None


@of_mark(SOUND_HIDDEN, "Korean in jamo or with its words together")
def jamo(random: Random, mark: Mark) -> str | None:
    """판도라 as ㅍㅏㄴ…: of these, only what a font shows as the syllables."""
    name = dict(mark.local).get("ko")
    return unicodedata.normalize("NFD", name) if name else None


@of_mark(SOUND_HIDDEN, "Japanese in hiragana or of half width")
def kana(random: Random, mark: Mark) -> str | None:
    """ぱんどら."""
    name = dict(mark.local).get("ja")
    if not name:
        return None
    if random.random() < 0.5:
        return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in name)
    return "".join(_half_width().get(c, c) for c in name)


@cache
def _half_width() -> dict[str, str]:
    found = {}
    for code in range(0xFF66, 0xFF9E):
        found[unicodedata.normalize("NFKC", chr(code))] = chr(code)
        for mark in "ﾞﾟ":
            whole = unicodedata.normalize("NFKC", chr(code) + mark)
            if len(whole) == 1:
                found[whole] = chr(code) + mark
    return found


@of_mark(SOUND_HIDDEN, "Arabic drawn out, or with letters of Persian")
def arabic(random: Random, mark: Mark) -> str | None:
    """بانـدورا."""
    name = dict(mark.local).get("ar")
    if not name:
        return None
    if random.random() < 0.5:
        return name.translate({ord("ك"): "ک", ord("ي"): "ی"})
    joined = [i for i in range(1, len(name)) if name[i - 1] in "بتثجحخسشصضطظعغفقكلمنهي" and name[i].isalpha()]
    at = random.choice(joined or [0])
    return name[:at] + "ـ" * random.choice((1, 3)) + name[at:] if at else None


@of_mark(SOUND_HIDDEN, "Thai without its tones")
def toneless(random: Random, mark: Mark) -> str | None:
    """ซาร่า as ซารา."""
    name = dict(mark.local).get("th")
    return "".join(c for c in name if not "\u0e47" <= c <= "\u0e4c") if name else None


def _chinese(mark: Mark) -> str | None:
    """The Chinese name that the register has."""
    return next((alias for alias in mark.aliases if "\u4e00" <= alias[0] <= "\u9fff"), None)


@cache
def _by_sound() -> dict[str, str]:
    """The common characters (first level of GB 2312), by how they are read without tones."""
    found: dict[str, str] = defaultdict(str)
    for code in (bytes((high, low)) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF)):
        char = code.decode("gb2312", "ignore")
        if char:
            found[lazy_pinyin(char)[0]] += char
    return found


def _one(random: Random, name: str, others: Callable[[str], str]) -> str | None:
    """One character written by another, not the first of a name of two."""
    fit = [i for i, c in enumerate(name) if others(c)]
    at = random.choice(fit) if fit else -1
    return name[:at] + random.choice(others(name[at])) + name[at + 1 :] if fit else None


@of_mark(CHINESE, "a character of the same sound")
def homophone(random: Random, mark: Mark) -> str | None:
    """濛口 for 蒙口; in names of three or more, for two characters are then another word as often."""
    name = _chinese(mark)
    if not name or len(name) < 3:
        return None
    return _one(random, name, lambda c: _by_sound()[lazy_pinyin(c)[0]].replace(c, ""))


@of_mark(CHINESE, "traditional")
def traditional(random: Random, mark: Mark) -> str | None:
    """愛馬仕."""
    name = _chinese(mark)
    made = in_traditional(name) if name else None
    return made if made != name else None


#: A part that more characters than this have in common is a mere radical.
MOST_ALIKE = 10


def alike(data: Path) -> Way:
    """资 as 咨: a common character with the larger part in common, laid out alike, and of about as many strokes."""
    return Way(CHINESE, "a character of like look", lambda random, mark: _alike(random, mark, data))


def _alike(random: Random, mark: Mark, data: Path) -> str | None:
    name = _chinese(mark)
    return _one(random, name, lambda c: _by_look(data).get(c, "")) if name and len(name) > 2 else None


@cache
def _by_look(data: Path) -> dict[str, str]:
    lines = (line.split("\t") for line in (data / "text" / "chaizi-jt.txt").read_text(encoding="utf-8").splitlines())
    parts = {line[0]: frozenset(line[1].split()) for line in lines if len(line) > 1}
    strokes, layout = (_table(data, name) for name in ("bihuashu_2w", "hanzijiegou_2w"))
    common = [c for chars in _by_sound().values() for c in chars if len(parts.get(c, ())) == 2]
    with_part: dict[tuple[str, str], str] = defaultdict(str)
    for char in common:
        for part in sorted(parts[char]):
            with_part[part, layout.get(char, "")] += char
    found: dict[str, str] = {}
    for char in common:
        larger = [part for part in sorted(parts[char]) if int(strokes.get(part, 0)) * 2 >= int(strokes.get(char, 99))]
        near = "".join(with_part[part, layout.get(char, "")] for part in larger)
        alike = "".join(dict.fromkeys(other for other in near if other != char and _as_many(strokes, other, char)))
        found[char] = alike if len(alike) <= MOST_ALIKE else ""
    return found


def _as_many(strokes: dict[str, str], one: str, other: str) -> bool:
    return abs(int(strokes.get(one, 0)) - int(strokes.get(other, 0))) <= 1


def _table(data: Path, name: str) -> dict[str, str]:
    lines = (data / "text" / "hanzi_similar" / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return {line.split()[0]: line.split()[1] for line in lines if len(line.split()) == 2}


@of_mark(CHINESE, "one character masked")
def starred(random: Random, mark: Mark) -> str | None:
    """倩* is left out: here three or more are left or two of three."""
    name = _chinese(mark)
    if not name or len(name) < 3:
        return None
    at = random.randrange(1, len(name))
    return name[:at] + random.choice(("*", "～", "~", "x", "○", "**", "●", "-")) + name[at + 1 :]


@of_mark(CHINESE, "the first of two and a wave")
def wave(random: Random, mark: Mark) -> str | None:
    """萧～, as in lists of replica sellers: half of the name, in its goods."""
    name = _chinese(mark)
    known = mark.source == "known"
    return name[0] + random.choice(("～", "*", "~")) if name and known and len(name) == 2 else None


@of_mark(CHINESE, "signs, blanks or emoji between")
def between(random: Random, mark: Mark) -> str | None:
    """天 梭, 天.梭, 天⭐梭."""
    name = _chinese(mark)
    return random.choice((" ", ".", "·", "-", "/", "|", "⭐", "❤️", "、", "_")).join(name) if name else None


@of_mark(CHINESE, "a character in letters")
def in_letters(random: Random, mark: Mark) -> str | None:
    """保shi捷."""
    name = _chinese(mark)
    if not name or len(name) < 3:
        return None
    at = random.randrange(len(name))
    return name[:at] + lazy_pinyin(name[at])[0] + name[at + 1 :]


@of_mark(CHINESE, "all in letters")
def all_letters(random: Random, mark: Mark) -> str | None:
    """baoshijie, bao shi jie."""
    name = _chinese(mark)
    return (
        random.choice(("", " ")).join(lazy_pinyin(name)) if name and len(name) > 2 and mark.source == "known" else None
    )


@of_mark(CHINESE, "one character left out")
def left_out(random: Random, mark: Mark) -> str | None:
    """江诗顿; of four or more."""
    name = _chinese(mark)
    if not name or len(name) < 4:
        return None
    at = random.randrange(1, len(name))
    return name[:at] + name[at + 1 :]


@of_mark(CHINESE, "two characters changed about")
def changed_about(random: Random, mark: Mark) -> str | None:
    """星克巴."""
    name = _chinese(mark)
    return name[:-2] + name[-1] + name[-2] if name and len(name) > 2 and mark.source == "known" else None
