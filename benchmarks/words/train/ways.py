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
    return name[:keep] + random.choice(("～", "*", "…", "~~", "**", "...", "***")) if keep < len(name) - 1 else None


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
)
