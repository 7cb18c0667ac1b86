"""Spelling: repeated, dropped, added, swapped, neighbouring keys, without vowels, by ear; and two tricks at once."""

from random import Random

from benchmarks.words.tricks import drawn, signs
from benchmarks.words.tricks.trick import TRICKS, Trick, inner, mapped, trick

REPEATED = "repeated letters"
TYPO = "typing errors"
VOWELS = "without vowels"
EAR = "by ear"
TWO = "two tricks at once"

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_FRENCH_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")


def _neighbours(rows: tuple[str, ...]) -> dict[str, str]:
    beside: dict[str, str] = {}
    for row_number, row in enumerate(rows):
        for place, char in enumerate(row):
            near = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            below = rows[row_number + 1][max(0, place - 1) : place + 1] if row_number < 2 else ""
            beside[char] = near + below
    return beside


_BESIDE, _BESIDE_FRENCH = _neighbours(_ROWS), _neighbours(_FRENCH_ROWS)


@trick(REPEATED, "one letter three times or more")
def _long(random: Random, name: str) -> str | None:
    at = random.choice(inner(name) or [0])
    return name[:at] + name[at] * random.choice((3, 3, 4, 6)) + name[at + 1 :] if at else None


@trick(REPEATED, "one letter twice", least=6)
def _twice(random: Random, name: str) -> str | None:
    places = [i for i in inner(name) if name[i] not in (name[i - 1], name[i + 1])]
    at = random.choice(places or [0])
    return name[:at] + name[at] + name[at:] if at else None


@trick(REPEATED, "every letter", held=True)
def _every(random: Random, name: str) -> str:
    return "".join(c * 2 if c.isalpha() else c for c in name)


@trick(REPEATED, "the last or first drawn out", held=True)
def _drawn_out(random: Random, name: str) -> str:
    times = random.choice((3, 4, 5, 8))
    return name + name[-1] * times if random.random() < 0.6 else name[0] * times + name[1:]


@trick(REPEATED, "two letters at once", held=True, least=6)
def _two_long(random: Random, name: str) -> str | None:
    places = set(random.sample(inner(name), 2)) if len(inner(name)) > 2 else set()
    return "".join(c * (3 if i in places else 1) for i, c in enumerate(name)) if places else None


@trick(TYPO, "dropped", least=6)
def _dropped(random: Random, name: str) -> str | None:
    at = random.choice(inner(name) or [0])
    return name[:at] + name[at + 1 :] if at else None


@trick(TYPO, "added", least=6)
def _added(random: Random, name: str) -> str | None:
    at = random.choice(inner(name) or [0])
    return name[:at] + random.choice("aeinrtlsoh") + name[at:] if at else None


@trick(TYPO, "swapped", least=6)
def _swapped(random: Random, name: str) -> str | None:
    places = [i for i in inner(name)[:-1] if name[i] != name[i + 1] and name[i + 1].isalpha()]
    at = random.choice(places or [0])
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if at else None


@trick(TYPO, "neighbouring key", least=6)
def _key(random: Random, name: str) -> str | None:
    return _changed(random, name, _BESIDE)


def _changed(random: Random, name: str, table: dict[str, str]) -> str | None:
    places = [i for i in inner(name) if table.get(name[i].lower())]
    at = random.choice(places or [0])
    return name[:at] + random.choice(table[name[at].lower()]) + name[at + 1 :] if at else None


@trick(TYPO, "two errors", held=True, least=9)
def _two(random: Random, name: str) -> str | None:
    once = random.choice((_dropped, _added, _swapped))(random, name)
    return random.choice((_key, _swapped, _added))(random, once) if isinstance(once, str) else None


@trick(TYPO, "another vowel", held=True, least=6)
def _vowel(random: Random, name: str) -> str | None:
    return _changed(random, name, {v: "aeiouy".replace(v, "") for v in "aeiou"})


@trick(TYPO, "the first or last letter", held=True, least=7)
def _edge(random: Random, name: str) -> str | None:
    if random.random() < 0.5:
        return name[:-1] if random.random() < 0.5 else name + random.choice("esy")
    return random.choice(_BESIDE.get(name[0].lower()) or "x").upper() + name[1:]


@trick(TYPO, "French keyboard, double letters single", held=True, least=6)
def _other_keys(random: Random, name: str) -> str | None:
    doubled = [i for i in range(1, len(name)) if name[i] == name[i - 1]]
    if doubled:
        return name[: doubled[0]] + name[doubled[0] + 1 :]
    return _changed(random, name, _BESIDE_FRENCH)


@trick(VOWELS, "all dropped", least=7)
def _no_vowels(random: Random, name: str) -> str | None:
    made = name[0] + "".join(c for c in name[1:] if c.lower() not in "aeiou")
    return made if sum(c.isalpha() for c in made) >= 4 else None


@trick(VOWELS, "two or three dropped", held=True, least=7)
def _fewer_vowels(random: Random, name: str) -> str | None:
    places = [i for i in range(1, len(name)) if name[i].lower() in "aeiou"]
    chosen = set(random.sample(places, min(len(places), random.choice((2, 3))))) if len(places) >= 3 else set()
    return "".join(c for i, c in enumerate(name) if i not in chosen) if chosen else None


_EAR = (
    ("ph", "f"),
    ("ck", "k"),
    ("ch", "sh"),
    ("qu", "kw"),
    ("x", "ks"),
    ("ou", "oo"),
    ("ee", "i"),
    ("th", "t"),
    ("c", "k"),
)
_EAR_HELD = (
    ("sh", "sch"),
    ("ei", "ey"),
    ("oo", "u"),
    ("ai", "ay"),
    ("ks", "x"),
    ("v", "w"),
    ("z", "s"),
    ("y", "i"),
    ("k", "c"),
    ("f", "ph"),
    ("i", "y"),
    ("u", "oo"),
    ("s", "z"),
    ("tt", "t"),
)


def _respelt(name: str, rules: tuple[tuple[str, str], ...], count: int) -> str | None:
    made = name.lower()
    for old, new in rules:
        if count and old in made[1:] and new not in made:
            made, count = made[0] + made[1:].replace(old, new, 1), count - 1
    return made.title() if made != name.lower() else None


@trick(EAR, "ph and f, c and k, x and ks", least=6)
def _by_ear(random: Random, name: str) -> str | None:
    return _respelt(name, _EAR, random.choice((1, 2)))


@trick(EAR, "sch, ey, oo, w, y, z", held=True, least=6)
def _by_other_ears(random: Random, name: str) -> str | None:
    return _respelt(name, _EAR_HELD, random.choice((1, 2)))


def _named(family: str, variant: str) -> Trick:
    return next(trick for trick in TRICKS if (trick.family, trick.variant) == (family, variant))


def _together(*which: tuple[str, str]) -> "object":
    made = [_named(*each) for each in which]

    def write(random: Random, name: str) -> str | None:
        text: str | None = name
        for each in made:
            text = each.write(random, text) if text else None  # type: ignore[assignment]
        return text

    return write


_SHOWN = (
    ((signs.LEET, "digits"), (signs.BETWEEN, "one sign in the middle")),
    ((drawn.LIKE, "one or two Cyrillic letters"), (signs.UNSEEN, "zero-width characters")),
    ((TYPO, "dropped"), (drawn.LIKE, "one or two Cyrillic letters")),
    ((signs.LEET, "signs"), (signs.SPACED, "one space")),
)
_HELD = (
    ((REPEATED, "one letter three times or more"), (drawn.STYLED, "mathematical bold, sans, italic")),
    ((signs.LEET, "digits"), (drawn.LIKE, "Greek")),
    ((TYPO, "swapped"), (signs.UNSEEN, "combining marks")),
    ((signs.MASK, "one letter: G*cci"), (drawn.LIKE, "one or two Cyrillic letters")),
    ((drawn.TURNED, "backwards"), (drawn.STYLED, "circled, squared")),
    ((signs.LEET, "digits"), (REPEATED, "one letter three times or more")),
    ((EAR, "ph and f, c and k, x and ks"), (signs.BETWEEN, "a dot, hyphen or underscore between all")),
    ((VOWELS, "all dropped"), (signs.UNSEEN, "zero-width characters")),
)
for _pairs, _held in ((_SHOWN, False), (_HELD, True)):
    for _pair in _pairs:
        _variant = " + ".join(f"{variant}" for _, variant in _pair)
        trick(TWO, _variant, held=_held, least=7)(_together(*_pair))  # type: ignore[arg-type]


@trick(TWO, "three at once", held=True, least=8)
def _three(random: Random, name: str) -> str | None:
    first = mapped(random, name, drawn.CYRILLIC, 1)
    second = mapped(random, first, {"e": "3", "o": "0", "i": "1", "a": "@"}, 1) if first else None
    return f"{second[:3]}\u200b{second[3:5]}.{second[5:]}" if second else None
