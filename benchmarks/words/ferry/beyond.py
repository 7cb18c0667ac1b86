"""How names are hidden in ``ferry`` beyond Latin letters, and over fields."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from random import Random

from pypinyin import lazy_pinyin

from benchmarks.words.cases import Case, Kind, Mark, seed_of
from benchmarks.words.ferry import tricks
from benchmarks.words.ferry.names import SEED
from benchmarks.words.ferry.titles import listing, uses

Way = Callable[[Random, str], str | None]
_KIN = "氵亻木扌女口讠钅纟艹"
_LATIN_IN_RUSSIAN = dict(zip("асеорхуікмтАВСЕНКМОРТХ", "aceopxyikmtABCEHKMOPTX", strict=True))


@cache
def _by_sound() -> dict[str, str]:
    """Characters of each sound, among the 3,755 that everybody reads."""
    common = "".join(
        bytes((high, low)).decode("gb2312", "ignore") for high in range(0xB0, 0xD8) for low in range(161, 255)
    )
    found: dict[str, str] = {}
    for character, sound in zip(common, lazy_pinyin(list(common)), strict=False):
        found[sound] = found.get(sound, "") + character
    return found


def _homophone(random: Random, name: str) -> str | None:
    at = random.randrange(len(name))
    others = [other for other in _by_sound().get(lazy_pinyin(name[at])[0], "") if other != name[at]]
    return name[:at] + random.choice(others) + name[at + 1 :] if others and len(name) > 2 else None


def _spelled(random: Random, name: str) -> str | None:
    at = random.randrange(len(name))
    return name[:at] + lazy_pinyin(name[at])[0] + name[at + 1 :] if len(name) > 2 else None


def _initial(random: Random, name: str) -> str | None:
    at = random.randrange(1, len(name))
    return name[:at] + lazy_pinyin(name[at])[0][0].upper() + name[at + 1 :] if len(name) > 2 else None


def _covered(random: Random, name: str) -> str | None:
    at = random.randrange(1, len(name))
    return name[:at] + random.choice("*●〇×🌸") + name[at + 1 :] if len(name) > 2 else None


def _parted(random: Random, name: str) -> str | None:
    return random.choice((".", "-", "·", " ", "/", "丨")).join(name)


def _all_spelled(random: Random, name: str) -> str | None:
    return random.choice((" ", "")).join(lazy_pinyin(name)) if len(name) > 2 else None


def _with_latin(random: Random, name: str) -> str | None:
    held = [at for at, letter in enumerate(name) if letter in _LATIN_IN_RUSSIAN]
    chosen = set(random.sample(held, max(1, len(held) // 2))) if held else set()
    made = "".join(_LATIN_IN_RUSSIAN[c] if at in chosen else c for at, c in enumerate(name))
    return made if chosen else None


def _as_it_is(_: Random, name: str) -> str | None:
    return name


_SCRIPTS: dict[str, dict[str, Way]] = {
    "zh": {"sound": _homophone, "pinyin": _spelled, "an initial": _initial, "covered": _covered, "parted": _parted,
           "all pinyin": _all_spelled},
    "ru": {"as heard": _as_it_is, "Latin letters": _with_latin, "parted": _parted},
    "ko": {"as heard": _as_it_is, "parted": _parted},
    "ja": {"as heard": _as_it_is, "parted": _parted},
    "ar": {"as heard": _as_it_is},
    "th": {"as heard": _as_it_is},
}  # fmt: skip


def cases(marks: list[Mark], each: int) -> Iterator[Case]:
    """So many of each way, in titles of the script."""
    for script, ways in _SCRIPTS.items():
        named = [(mark, name) for mark in marks for language, name in mark.local if language == script]
        for what, way in ways.items():
            random = Random(seed_of(SEED, script, what))  # noqa: S311  (nothing here is secret)
            written = [(mark, way(random, name)) for mark, name in random.sample(named, len(named))]
            family = "Chinese" if script == "zh" else "another script"
            for mark, made in [(mark, made) for mark, made in written if made][:each]:
                yield listing(random, mark, str(made), family, f"{script}: {what}", uses(mark.goods, (script,)))


def over_fields(marks: list[Mark], each: int) -> Iterator[Case]:
    """The words of a name in several fields; a name cut in two; misspelled in title and brand field alike."""
    several = [mark for mark in marks if " " in mark.text]
    for field, around in (("brand", "{}"), ("attributes", '{{"model": "{}"}}'), ("description", "{} new, never used")):
        random = Random(seed_of(SEED, "over", field))  # noqa: S311  (nothing here is secret)
        for mark in random.sample(several, min(each, len(several))):
            first, rest = mark.text.split(" ", 1)
            yield _rest(
                listing(random, mark, first, "over fields", f"title, {field}", uses(mark.goods)), field, around, rest
            )
    random = Random(seed_of(SEED, "cut"))  # noqa: S311  (nothing here is secret)
    for mark in random.sample([mark for mark in marks if len(mark.text) > 6 and mark.text.isalpha()], each):
        half = len(mark.text) // 2
        case = listing(random, mark, mark.text[:half], "over fields", "a word cut", uses(mark.goods))
        yield _rest(case, "brand", "{}", mark.text[half:])
    random = Random(seed_of(SEED, "both"))  # noqa: S311  (nothing here is secret)
    slips = (tricks.WAYS["keys"]["dropped"], tricks.WAYS["vowels"]["one"], tricks.WAYS["covered"]["one letter"])
    for mark in random.sample(marks, each):
        written = random.choice(slips)(random, mark.text)
        if written:
            case = listing(random, mark, written, "brand field", "hidden in both", uses(mark.goods))
            yield replace(case, brand=written, spans=(*case.spans, ("brand", 0, len(written))))


def _rest(case: Case, field: str, around: str, rest: str) -> Case:
    text = (
        around.replace("{{", "{").replace("}}", "}").replace("{}", rest, 1) if "{{" in around else around.format(rest)
    )
    at = text.index(rest)
    return replace(case, **{field: text}, spans=(*case.spans, (field, at, at + len(rest))), kind=Kind.DISGUISED)
