"""Ways of writing a name beside those of ``tricks``: errors of other kinds, and respellings by ear."""

from collections.abc import Callable
from random import Random

from benchmarks.words.tricks.trick import inner

Way = Callable[[Random, str], str | None]

#: How names are written by ear: what is heard alike, and what is told apart by few.
_HEARD = (
    *(("ph", "f"), ("f", "ph"), ("ck", "k"), ("c", "k"), ("c", "s"), ("k", "c"), ("qu", "kw"), ("x", "ks"), ("s", "z")),
    *(("z", "s"), ("sch", "sh"), ("sh", "ch"), ("ch", "sh"), ("ch", "k"), ("th", "t"), ("t", "th"), ("g", "j")),
    *(("j", "g"), ("gh", "g"), ("gu", "g"), ("v", "w"), ("w", "v"), ("v", "f"), ("b", "p"), ("y", "i"), ("i", "y")),
    *(("i", "ee"), ("ee", "i"), ("ea", "ee"), ("ie", "y"), ("y", "ey"), ("e", "eh"), ("a", "ah"), ("o", "oh")),
    *(("ou", "u"), ("oo", "u"), ("u", "oo"), ("au", "o"), ("o", "au"), ("ai", "e"), ("ei", "ai"), ("er", "a")),
    *(("eau", "o"), ("que", "k"), ("oi", "wa"), ("ll", "l"), ("l", "ll"), ("tt", "t"), ("t", "tt"), ("n", "nn")),
    *(("nn", "n"), ("m", "mm"), ("mm", "m"), ("r", "rr"), ("rr", "r"), ("ss", "s"), ("s", "ss"), ("e", ""), ("h", "")),
)
_FIRST = (
    *(("c", "k"), ("k", "c"), ("ch", "sh"), ("ch", "k"), ("f", "ph"), ("ph", "f"), ("s", "z"), ("z", "s"), ("s", "c")),
    *(("g", "j"), ("j", "g"), ("h", ""), ("v", "w"), ("w", "v"), ("v", "f"), ("y", "j"), ("qu", "kw"), ("x", "z")),
    *(("a", "e"), ("e", "a"), ("i", "e"), ("o", "a"), ("o", "au"), ("u", "oo"), ("th", "t"), ("t", "th"), ("b", "p")),
)
_VOWELS = "aeiouy"
_ENDINGS = ("e", "s", "x", "a", "y", "er", "o", "i", "es", "z")
_ROWS = ("qwertzuiop", "asdfghjkl", "yxcvbnm")


def _by_ear(random: Random, name: str) -> str | None:
    """One respelling or two; the first letter, too, may be one that sounds alike."""
    made = name.lower()
    heard = [(old, new) for old, new in _FIRST if made.startswith(old)]
    if heard and random.random() < 0.4:
        old, new = random.choice(heard)
        return (new + made[len(old) :]).title()
    for _ in range(random.choice((1, 1, 2))):
        fit = [(old, new) for old, new in _HEARD if old in made[1:]]
        if fit:
            old, new = random.choice(fit)
            made = made[0] + made[1:].replace(old, new, 1)
    return made.title() if made != name.lower() else None


def _vowel(random: Random, name: str) -> str | None:
    """Another vowel, once or twice."""
    places = [i for i in inner(name) if name[i].lower() in _VOWELS]
    if not places:
        return None
    chosen = random.sample(places, min(len(places), random.choice((1, 1, 1, 2))))
    return "".join(random.choice(_VOWELS.replace(c.lower(), "")) if i in chosen else c for i, c in enumerate(name))


def _any_letter(random: Random, name: str) -> str | None:
    """Any letter in place of another, left out, put in or changed with the next, wherever it is."""
    at = random.randrange(len(name))
    other = random.choice("abcdefghijklmnopqrstuvwxyz")
    made = random.choice(
        (
            name[:at] + other + name[at + 1 :],
            name[:at] + name[at + 1 :],
            name[:at] + other + name[at:],
            name[:at] + name[at + 1 : at + 2] + name[at] + name[at + 2 :],
        )
    )
    return made if name[at].isalpha() else None


def _beside(random: Random, name: str) -> str | None:
    """A key of the same row beside the right one, pressed instead of it or with it."""
    near = {row[i]: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in _ROWS for i in range(len(row))}
    places = [i for i in range(1, len(name)) if name[i].lower() in near]
    if not places:
        return None
    at = random.choice(places)
    other = random.choice(near[name[at].lower()])
    return name[:at] + other + name[at + random.choice((0, 1, 1)) :]


def _ending(random: Random, name: str) -> str:
    """Another ending, or none."""
    return name[:-1] if random.random() < 0.3 else name + random.choice(_ENDINGS)


def _doubled(random: Random, name: str) -> str | None:
    """A letter twice, or a double letter once."""
    double = [i for i in range(1, len(name)) if name[i] == name[i - 1]]
    if double and random.random() < 0.7:
        return name[: double[0]] + name[double[0] + 1 :]
    at = random.choice(inner(name) or [0])
    return name[:at] + name[at] + name[at:] if at else None


def _apart(random: Random, name: str) -> str | None:
    """A space within, or within one of two words."""
    at = random.choice(inner(name) or [0])
    return f"{name[:at]} {name[at:]}" if at else None


def _cut(random: Random, name: str) -> str | None:
    """The head of a name and a sign that says that it goes on."""
    keep = random.choice((3, 4, 5, 6))
    return (
        name[:keep] + random.choice(("～", "*", "…", "~~", "**", "...", "***", "__")) if keep < len(name) - 1 else None
    )


def _twice(way: Way) -> Way:
    """A way on top of itself."""

    def written(random: Random, name: str) -> str | None:
        made = way(random, name)
        return way(random, made) if made else None

    return written


#: Words that sellers write before and behind names without a space.
_BEFORE = [
    "new",
    "authentic",
    "original",
    "genuine",
    "luxury",
    "official",
    "best",
    "cheap",
    "hot",
    "mini",
    "lovely",
    "super",
    "real",
    "vintage",
    "used",
    "rare",
    "brand",
    "ladies",
    "mens",
    "kids",
    "fashion",
    "designer",
    "classic",
    "limited",
    "cute",
    "top",
    "sale",
    "discount",
    "quality",
    "great",
    "fresh",
]
_BEHIND = [
    "bag",
    "bags",
    "shoes",
    "shirt",
    "watch",
    "store",
    "shop",
    "sale",
    "outlet",
    "style",
    "fan",
    "fans",
    "club",
    "gift",
    "original",
    "new",
    "official",
    "hoodie",
    "case",
    "set",
    "phone",
    "jacket",
    "dress",
    "cap",
    "hat",
    "deals",
    "world",
    "life",
    "lover",
    "online",
    "usa",
    "sport",
    "kids",
    "men",
    "women",
    "box",
    "2024",
    "2025",
    "99",
]


def _glued(random: Random, name: str) -> str:
    """A word before or behind, or a number, and a sign of a tag perhaps; signs of the name stay, or go."""
    made = "".join(char for char in name.lower() if char.isalnum() or (char in "-'" and len(name) % 2))
    if random.random() < 0.5:
        return random.choice(_BEFORE) + made
    return random.choice(("", "", "#", "@")) + made + random.choice(("", "", "_")) + random.choice(_BEHIND)


def _in_two(random: Random, name: str) -> str | None:
    """A sign within a word that has an error as well."""
    made = _any_letter(random, name)
    at = random.choice(inner(made) or [0]) if made else 0
    return made[:at] + random.choice(".-'/_·") + made[at:] if made and at else None


_FIGURES = {"k": "|<", "v": "\\/", "h": "|-|", "o": "()", "w": "vv", "m": "rn", "d": "cl", "n": "|\\|", "a": "/\\"}


def _in_figures(random: Random, name: str) -> str | None:
    """Some letters drawn with several characters."""
    fit = [i for i, char in enumerate(name) if char.lower() in _FIGURES]
    chosen = set(random.sample(fit, random.randint(1, len(fit)))) if fit else set()
    return "".join(_FIGURES[c.lower()] if i in chosen else c for i, c in enumerate(name)) if fit else None


_DIGITS = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "l": "1"}


def _heard_in_digits(random: Random, name: str) -> str | None:
    """By ear, and a digit for a letter."""
    made = _by_ear(random, name)
    fit = [i for i, char in enumerate(made or "") if char.lower() in _DIGITS and i]
    at = random.choice(fit) if fit else 0
    return f"{made[:at]}{_DIGITS[made[at].lower()]}{made[at + 1 :]}" if made and at else None


def _in_digits(way: Way) -> Way:
    """A way, and a digit for a letter."""

    def written(random: Random, name: str) -> str | None:
        made = way(random, name)
        fit = [i for i, char in enumerate(made or "") if char.lower() in _DIGITS and i]
        at = random.choice(fit) if fit else 0
        return f"{made[:at]}{_DIGITS[made[at].lower()]}{made[at + 1 :]}" if made and at else None

    return written


def _two_vowels(random: Random, name: str) -> str | None:
    """Two other vowels."""
    places = [i for i in range(len(name)) if name[i].lower() in _VOWELS]
    chosen = random.sample(places, 2) if len(places) > 1 else []
    made = [random.choice(_VOWELS[:-1].replace(c.lower(), "")) if i in chosen else c for i, c in enumerate(name)]
    return "".join(made) if chosen else None


def _covered_within(random: Random, name: str) -> str | None:
    """All but the first and the last letters of a word, by as many signs."""
    sign = random.choice("*•_×#")
    words = []
    for word in name.split():
        head, tail = random.choice(((1, 1), (2, 1), (2, 2), (3, 1), (3, 2), (1, 2)))
        hides = len(word) - head - tail
        words.append(word[:head] + sign * hides + word[len(word) - tail :] if hides > 0 else word)
    made = " ".join(words)
    seen = sum(map(str.isalpha, made))
    return made if sign in made and seen >= max(3, (len(name) * 2) // 5) else None


def _starred(random: Random, name: str) -> str | None:
    """A star for a letter of a name to which something is glued."""
    made = _glued(random, name)
    at = random.choice(inner(made) or [0])
    return made[:at] + "*" + made[at + 1 :] if at else None


def _heard_and_glued(random: Random, name: str) -> str | None:
    """By ear, and something glued to it."""
    made = _by_ear(random, name)
    return _glued(random, made) if made else None


#: With the least letters that a name must have.
WAYS: tuple[tuple[str, Way, int], ...] = (
    ("by ear", _by_ear, 5),
    ("another vowel", _vowel, 5),
    ("any letter", _any_letter, 5),
    ("beside the right key", _beside, 5),
    ("another ending", _ending, 5),
    ("double and single", _doubled, 4),
    ("a space within", _apart, 5),
    ("cut short", _cut, 5),
    ("by ear and by ear again", _twice(_by_ear), 6),
    ("two letters of a long name", _twice(_any_letter), 9),
    ("glued to any word", _glued, 5),
    ("an error and a sign", _in_two, 6),
    ("in figures", _in_figures, 5),
    ("by ear, in digits", _heard_in_digits, 6),
    ("any letter, in digits", _in_digits(_any_letter), 6),
    ("another vowel, in digits", _in_digits(_vowel), 6),
    ("two vowels", _two_vowels, 6),
    ("covered within", _covered_within, 5),
    ("glued, and a star", _starred, 5),
    ("by ear, and glued", _heard_and_glued, 6),
)
