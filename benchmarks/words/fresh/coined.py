"""Brand names that nobody has, each letter drawn by the three before it in the names of real brands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from random import Random

from benchmarks.words.cases import seed_of
from benchmarks.words.letters import is_latin, letters

ORDER = 3
_GOODS = ("fashion", "shoes", "jewellery", "toys", "electronics", "cosmetics", "home", "auto", "sports", "food")


def names(real: Sequence[str], count: int) -> Iterator[tuple[str, str]]:
    """(name, goods), none of them a real one; one in five is of two words."""
    random = Random(seed_of("coined"))  # noqa: S311  (nothing here is secret)
    words = sorted({word.casefold() for name in real if is_latin(name) for word in name.split() if word.isalpha()})
    after = _after([word for word in words if 4 <= len(word) <= 11])
    taken, made = {letters(name) for name in real} | set(words), 0
    while made < count:
        name = _word(random, after)
        if random.random() < 0.2:
            name = f"{name} {_word(random, after)}"
        if 5 <= len(letters(name)) <= 14 and letters(name) not in taken:
            taken.add(letters(name))
            made += 1
            yield name.title(), random.choice(_GOODS)


def _after(words: Sequence[str]) -> dict[str, str]:
    """The letters that follow so many others, as often as they do."""
    after: dict[str, list[str]] = defaultdict(list)
    for word in words:
        padded = "^" * ORDER + word + "$"
        for at in range(ORDER, len(padded)):
            after[padded[at - ORDER : at]].append(padded[at])
    return {before: "".join(following) for before, following in after.items()}


def _word(random: Random, after: dict[str, str]) -> str:
    word = "^" * ORDER
    while not word.endswith("$") and len(word) < 16:
        word += random.choice(after[word[-ORDER:]])
    return word.strip("^$")
