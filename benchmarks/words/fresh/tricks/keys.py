"""Spelling: slips of the finger, by ear, drawn out, shortened."""

from random import Random

from benchmarks.words.cases import Mark
from benchmarks.words.fresh.names import parts
from benchmarks.words.fresh.tricks.way import as_typed, of_mark, of_name, within

TYPED = "typing errors"
EAR = "spelt by ear"
LONG = "letters drawn out"
SHORT = "shortened"

_BESIDE = {
    c: row[max(0, i - 1) : i] + row[i + 1 : i + 2]
    for row in ("qwertyuiop", "asdfghjkl", "zxcvbnm")
    for i, c in enumerate(row)
}


@of_name(TYPED, "a letter left out", least=6)
def dropped(random: Random, name: str) -> str | None:
    """Channl."""
    at = random.choice(within(name) or [0])
    return name[:at] + name[at + 1 :] if at else None


@of_name(TYPED, "two letters changed about", least=6)
def swapped(random: Random, name: str) -> str | None:
    """Michlein."""
    at = random.choice([i for i in within(name) if i + 1 in within(name) and name[i] != name[i + 1]] or [0])
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :] if at else None


@of_name(TYPED, "the key beside it", least=6)
def beside(random: Random, name: str) -> str | None:
    """Shimsno."""
    at = random.choice(within(name) or [0])
    return name[:at] + random.choice(_BESIDE.get(name[at].lower()) or "e") + name[at + 1 :] if at else None


@of_name(TYPED, "the key beside it too", least=6)
def slipped(random: Random, name: str) -> str | None:
    """Shijmano."""
    at = random.choice(within(name) or [0])
    return name[:at] + random.choice(_BESIDE.get(name[at].lower()) or "e") + name[at:] if at else None


@of_name(TYPED, "a double letter single, a single one double", least=6)
def doubled(random: Random, name: str) -> str | None:
    """Tisot, Pannerai."""
    twice = [i for i in range(1, len(name)) if name[i].lower() == name[i - 1].lower()]
    if twice:
        return name[: twice[0]] + name[twice[0] + 1 :]
    at = random.choice([i for i in within(name) if name[i].lower() in "lmnprst"] or [0])
    return name[:at] + name[at] + name[at:] if at else None


@of_name(TYPED, "another vowel", least=6)
def vowel(random: Random, name: str) -> str | None:
    """Pandera."""
    at = random.choice(within(name, vowels=True) or [0])
    return name[:at] + random.choice("aeiou".replace(name[at].lower(), "")) + name[at + 1 :] if at else None


@of_name(TYPED, "the end changed", least=6)
def ending(random: Random, name: str) -> str:
    """Shimanos, Chopar."""
    return random.choice((name + name[-1], f"{name}s", f"{name}e", name[:-1] if len(name) > 7 else f"{name}i"))


@of_name(TYPED, "two errors in a long name", least=10)
def two(random: Random, name: str) -> str | None:
    """Vacheorn Constatin."""
    once = random.choice((swapped, doubled))(random, name)
    return random.choice((dropped, vowel))(random, once) if isinstance(once, str) else None


#: One after another in any order; the first letter keeps its sound.
_SOUNDS = (
    ("ch", "sh"),
    ("sh", "ch"),
    ("ph", "f"),
    ("th", "t"),
    ("ck", "k"),
    ("qu", "k"),
    ("ou", "u"),
    ("oo", "u"),
    ("ee", "i"),
    ("ai", "e"),
    ("x", "ks"),
    ("c", "k"),
    ("k", "c"),
    ("z", "s"),
    ("w", "v"),
    ("y", "i"),
    ("i", "y"),
    ("j", "zh"),
    ("g", "j"),
    ("v", "b"),
)


@of_name(EAR, "a sound or two written otherwise", least=6)
def heard(random: Random, name: str) -> str | None:
    """Mishelin, Longshamp."""
    made, fit = name.lower(), [rule for rule in _SOUNDS if rule[0] in name.lower()[1:]]
    for old, new in random.sample(fit, min(len(fit), random.choice((1, 1, 2)))):
        made = made[0] + made[1:].replace(old, new, 1)
    return made.title() if made != name.lower() else None


@of_mark(EAR, "as sellers spell it")
def respelt(random: Random, mark: Mark) -> str | None:
    """Loubotin, as found."""
    return as_typed(random, random.choice(mark.respelt)) if mark.respelt else None


@of_name(LONG, "a vowel")
def stretched(random: Random, name: str) -> str | None:
    """Pandooora."""
    at = random.choice(within(name, vowels=True) or [0])
    return name[:at] + name[at] * random.choice((3, 3, 4, 5)) + name[at + 1 :] if at else None


@of_name(LONG, "the last letter")
def trailing(random: Random, name: str) -> str | None:
    """Seikoooo."""
    return name + name[-1] * random.choice((2, 3, 3, 5)) if name[-1].isalpha() else None


@of_name(LONG, "a consonant, three times", least=6)
def hard(random: Random, name: str) -> str | None:
    """Tisssot."""
    at = random.choice([i for i in within(name) if name[i].lower() not in "aeiou"] or [0])
    return name[:at] + name[at] * 3 + name[at + 1 :] if at else None


@of_name(SHORT, "without its vowels", least=7)
def consonants(random: Random, name: str) -> str | None:
    """Mchln; only where half of it is left."""
    made = name[0] + "".join(c for c in name[1:] if c.lower() not in "aeiou")
    left = sum(map(str.isalpha, made))
    return made if left >= 5 and left * 2 >= len(name) else None


@of_name(SHORT, "its first letters", least=8)
def cut(random: Random, name: str) -> str | None:
    """Sennhei: two letters in three, and not to the end of a word."""
    keep = -(-len(name) * 2 // 3)
    return name[:keep] if " " not in name and keep < len(name) - 1 else None


@of_mark(SHORT, "the word of it that everybody knows")
def known_part(random: Random, mark: Mark) -> str | None:
    """Louboutin, of Christian Louboutin."""
    part = parts().get(mark.text)
    return as_typed(random, part) if part else None
