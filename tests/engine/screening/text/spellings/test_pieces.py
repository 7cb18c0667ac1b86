"""Words that make a mark together though they do not stand so."""

import pyarrow as pa
import pytest
from tests.engine.screening.text.places import marks

from touchmark.engine.screening.text.fold import Fold, fold
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.spellings.cut import Cut
from touchmark.engine.screening.text.spellings.pieces import BETWEEN, ORDER, TOGETHER, Hashed, Pieces, edges_of, names
from touchmark.engine.screening.text.spellings.words import ordinary_words
from touchmark.engine.screening.text.tokens import units_of

RING = marks("Louis Vuitton", "Fear of God", "Lacoste", "Tiffany Blue", "Red Box").ring


def found(*texts: str) -> tuple[Pieces, Points, Cut]:
    """The pieces in some texts."""
    folded = units_of(fold(Points.of(pa.array(texts)), Fold.VISUAL)).folded.text
    cut = Cut.of(folded, ordinary_words())
    hashes = Hashed.of(folded, cut)
    return Pieces.of(folded, cut, hashes, edges_of(cut, hashes, RING), RING), folded, cut


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("new lac oste shirt", [(TOGETHER, 1, 2)]),
        ("l a c oste shirt", []),  # more pieces than are put together here
        ("louis vuitton", [(TOGETHER, 0, 1)]),
        ("louis new vuitton", [(BETWEEN, 0, 2)]),
        ("louis new big vuitton", []),  # one word may stand between
        ("vuitton louis bag", [(ORDER, 0, 1)]),
        ("fear new of god", [(BETWEEN, 0, 3)]),
        ("of god fear", [(ORDER, 0, 2)]),
        ("louis        vuitton", []),  # too far apart
        ("louis vuittom", []),
        ("tiff1 blue", []),
    ],
)
def test_pieces(text: str, expected: list[tuple[int, int, int]]) -> None:
    """Which words, in which way."""
    pieces, _, _ = found(text)
    assert list(zip(pieces.way.tolist(), pieces.first.tolist(), pieces.last.tolist(), strict=True)) == expected


def test_words_of_two_texts_are_not_put_together() -> None:
    """Each text is read by itself."""
    assert len(found("louis", "vuitton")[0]) == 0


@pytest.mark.parametrize(
    ("text", "many"),
    [
        ("vuitton louis", 1),
        ("vuitton, louis", 0),  # a sign that parts words
        ("box red", 0),  # two words that everybody uses
        ("box new red", 0),
        ("louis 2024 vuitton", 1),
        ("lac oste", 0),  # weighed as a spelling, not here
    ],
)
def test_what_may_stand_otherwise(text: str, many: int) -> None:
    """A name is known in another order by a word that is not met everywhere."""
    pieces, folded, cut = found(text)
    assert len(names(pieces, folded, cut)) == many
