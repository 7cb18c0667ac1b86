"""Stay-down: a removed listing is known again, edited or with its picture re-encoded; another one is not."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from tests.engine.screening.image.drawing import encoded, photo
from tests.factories import pictures

from touchmark.engine.screening.returned.match import Traces, came_back
from touchmark.engine.screening.returned.traces import codes, sketches


def shown(seed: int) -> bytes:
    return encoded(photo(seed), "PNG")


REMOVED = ["ALDERMOOR leather shoulder bag brown", "Silk scarf 90 x 90 with horses", "复古真皮单肩女包 棕色 大容量"]


def traces(titles: list[str], shown: list[list[bytes]] | None = None) -> Traces:
    return Traces.of(sketches(pa.array(titles)), [codes(files) for files in shown or [[] for _ in titles]])


def rows(*of: tuple[int, int, int]) -> Any:
    return tuple(np.array(column, np.int64) for column in zip(*of, strict=True))


def found(title: str, shown: list[bytes] | None = None, held: list[list[bytes]] | None = None) -> list[tuple[int, int]]:
    asked, removed = traces([title], [shown or []]), traces(REMOVED, held)
    back = came_back(asked, removed, rows((0, 0, len(REMOVED))))
    return list(zip(back.listing.tolist(), back.removed.tolist(), strict=True))


@pytest.mark.parametrize(
    ("title", "as_which"),
    [
        ("ALDERMOOR leather shoulder bag brown", 0),
        ("aldermoor  LEATHER shoulder-bag, brown!", 0),
        ("АLDЕRМООR leather shoulder bag brown", 0),  # in letters of another alphabet
        ("Brown ALDERMOOR leather shoulder bag", 0),  # in another order
        ("ALDERMOOR leather shoulder bag brown new 2026", 0),
        ("Silk scarf 90x90 with horses", 1),
        ("复古真皮单肩女包 棕色 大容量 新款", 2),
    ],
)
def test_an_edited_title_is_known_again(title: str, as_which: int) -> None:
    assert found(title) == [(0, as_which)]


@pytest.mark.parametrize(
    "title", ["Plain cotton shirt", "Silk tie", "", "  ", "!!!", "a", "ALDERMOOR wallet", "真皮男士钱包"]
)
def test_another_title_is_not(title: str) -> None:
    assert found(title) == []


def test_a_picture_is_known_again_re_encoded_and_another_is_not() -> None:
    held = [[shown(1), shown(2)], [shown(3)], []]
    again = encoded(photo(3).resize((500, 375)), "JPEG", quality=60)
    assert found("Something else entirely", [shown(9), again], held) == [(0, 1)]
    assert found("Something else entirely", [shown(9)], held) == []
    assert found("Something else entirely", [pictures.HTML, pictures.TOO_LARGE], held) == []


def test_each_is_compared_with_those_of_its_own_shops_alone() -> None:
    asked = traces([REMOVED[0], REMOVED[1], REMOVED[0]])
    removed = traces(REMOVED)
    back = came_back(asked, removed, rows((0, 0, 1), (1, 0, 1), (2, 1, 2), (2, 2, 3), (2, 0, 1)))
    assert list(zip(back.listing.tolist(), back.removed.tolist(), strict=True)) == [(0, 0), (2, 0)]
    assert back.share.tolist() == [1.0, 1.0]
    assert back.bits.tolist() == [257, 257]


def test_with_nothing_removed_nothing_came_back() -> None:
    nothing = Traces.of(sketches(pa.array([], pa.string())), [])
    assert len(came_back(traces(["A bag"]), nothing, rows((0, 0, 0))).listing) == 0
    assert len(came_back(nothing, nothing, tuple(np.empty(0, np.int64) for _ in range(3))).listing) == 0  # type: ignore[arg-type]


def test_a_sketch_says_how_much_two_titles_have_in_common() -> None:
    """Against the plain count of common runs of four letters, over titles longer than a sketch holds."""
    words = [f"{chr(97 + n % 26)}{chr(97 + n * 7 % 26)}{n * 31 % 97}x{n}" for n in range(120)]
    for kept in (120, 90, 60, 30):
        one, other = " ".join(words), " ".join(words[:kept] + [f"{n}zq{n * n}" for n in range(120 - kept)])
        runs = [
            {text[at : at + 4] for at in range(len(text) - 3)}
            for text in (one.replace(" ", ""), other.replace(" ", ""))
        ]
        exact = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        back = came_back(traces([one]), traces([other]), rows((0, 0, 1)))
        share = back.share[0] if len(back.share) else 0.0
        assert abs(share - exact) < 0.2 or (exact < 0.55 and share == 0.0)


def test_the_order_of_rows_and_leaving_early_change_nothing() -> None:
    """Against a slow one that compares all with all, hash by hash, in whatever order the listings lie."""
    dice = np.random.default_rng(7)
    words = np.array(["bag", "scarf", "leather", "silk", "brown", "horses", "large", "small", "new", "wool"])
    held = [" ".join(dice.choice(words, 4)) for _ in range(40)]
    asked = [" ".join(dice.choice(words, 4)) for _ in range(60)]
    shop = dice.integers(0, 4, 60)
    back = came_back(traces(asked), traces(held), (np.arange(60), shop * 10, (shop + 1) * 10))
    known = dict(zip(back.listing.tolist(), back.share.tolist(), strict=True))
    for listing, title in enumerate(asked):
        best = max(alike(title, other) for other in held[shop[listing] * 10 : (shop[listing] + 1) * 10])
        assert known.get(listing, 0.0) == (best if best >= 0.5 else 0.0)
    assert known


def alike(one: str, other: str) -> float:
    """Give the share of the smallest hashes of two titles together that both have."""
    first, second = ({int(v) for v in sketches(pa.array([title]))[0]} - {2**64 - 1} for title in (one, other))
    together = sorted(first | second)[:64]
    return len([value for value in together if value in first and value in second]) / len(together)
