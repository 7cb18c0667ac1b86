"""Two ways at once, out of those that sellers combine."""

from random import Random

from benchmarks.words.cases import Mark
from benchmarks.words.fresh.tricks import apart, covered, keys, looks, scripts
from benchmarks.words.fresh.tricks.way import OfName, as_typed, of_mark, of_name

TWO = "two tricks at once"

_PAIRS: tuple[tuple[str, OfName, OfName], ...] = (
    ("a digit, and Russian letters", apart.digits, looks.one_russian),
    ("a star, and styled letters", covered.vowel, looks.block),
    ("a sign, and something unseen", apart.signs, apart.no_width),
    ("a letter swapped, and Russian letters", keys.swapped, looks.one_russian),
    ("a sign, and blanks between", apart.signs, apart.blanks),
    ("drawn out, and a digit", keys.stretched, apart.digits),
    ("by ear, and a sign within", keys.heard, apart.one_within),
    ("small capitals, and something unseen", looks.small_capitals, apart.no_width),
    ("a letter dropped, and tails", keys.dropped, looks.hooked),
    ("Greek, and signs between", looks.greek, apart.sign_between),
)


def _both(first: OfName, second: OfName) -> OfName:
    def write(random: Random, name: str) -> str | None:
        once = first(random, name)
        twice = second(random, once) if isinstance(once, str) else None
        return twice if isinstance(twice, str) and twice != once else None

    return write


for _variant, _first, _second in _PAIRS:
    of_name(TWO, _variant, least=7)(_both(_first, _second))


@of_mark(TWO, "as sellers spell it, and a star or a sign")
def respelt(random: Random, mark: Mark) -> str | None:
    """L*ubotin."""
    name = as_typed(random, random.choice(mark.respelt)) if mark.respelt else ""
    made = random.choice((covered.vowel, apart.signs))(random, name) if len(name) > 5 else None
    return made if isinstance(made, str) else None


@of_mark(TWO, "Chinese, traditional and apart")
def chinese(random: Random, mark: Mark) -> str | None:
    """愛·馬·仕."""
    made = scripts.traditional(random, mark)
    return random.choice((" ", ".", "*", "·")).join(made) if isinstance(made, str) else None
