"""
What sort of goods a listing offers, in which condition and how many, as far as that bears on the price.

Shares are of what the same brand's main goods cost new, one piece, from ``data/goods.toml``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.screening.columns import Batch, compute, whole
from touchmark.engine.screening.compare.phrases import Phrase, Phrases, folded

#: More pieces than this in one offer are no lot that a price is for, but a number that means something else.
MOST_PIECES = 500

#: "lot of 5", "set of 4", "12 pcs", "3er set", "10 stück", "5 件"; groups: the number, whichever way round it stands.
_LOT = (
    r"(?:lot of|set of|pack of|bundle of|lote de|lot de|paquete de|juego de|set da)\s?(?P<a>[0-9]{1,3})\b"
    r"|\b(?P<b>[0-9]{1,3})\s?(?:pcs|pieces|pairs|piezas|pares|pièces|paires|stück|paar|er[ -]set|er[ -]pack|-pack|"
    r"件|双|条|个装|枚|本セット|개|ชิ้น)"
)


@dataclass(frozen=True, slots=True, eq=False)
class Goods:
    """Per listing: the kind of goods (null: nothing tells), what they cost beside the main ones, and how many."""

    kind: Any
    share: NDArray[np.float64]
    condition: NDArray[np.float64]
    pieces: NDArray[np.float64]


def goods_of(batch: Batch) -> Goods:
    """
    Tell goods, condition and pieces.

    ``quantity`` is how many the seller has, and no number of pieces in one offer: a lot is told by its words. A
    condition that nothing tells is new.
    """
    kinds, conditions = _kinds(), _conditions()
    title = folded(whole(batch, "title"))
    kind = _first(compute.coalesce, kinds, title, folded(whole(batch, "category")))
    said = folded(whole(batch, "condition"))
    return Goods(
        kind=kind,
        share=_looked_up(kind, kinds),
        condition=_looked_up(_first(compute.coalesce, conditions, said, title), conditions),
        pieces=_pieces(whole(batch, "title")),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Scale:
    phrases: Phrases
    shares: Mapping[str, float]


@cache
def _kinds() -> _Scale:
    return _scale("kind")


@cache
def _conditions() -> _Scale:
    return _scale("condition")


def _scale(name: str) -> _Scale:
    source = files("touchmark.engine.screening") / "data" / "goods.toml"
    listed: Sequence[Mapping[str, Any]] = tomllib.loads(source.read_text("utf-8"))[name]
    phrases = Phrases.of((entry["name"], Phrase(entry["words"])) for entry in listed)
    return _Scale(phrases, {entry["name"]: entry["share"] for entry in listed})


def _first(coalesce: Any, scale: _Scale, *texts: Any) -> Any:
    """Give the name of the first entry, in the order of the file, with a word in any of the texts; null if none has."""
    met = [scale.phrases.met(text) for text in texts]
    names = []
    for name in scale.shares:
        found = coalesce(*(each[name] for each in met)).is_valid()
        names.append(compute.if_else(found, pa.scalar(name), pa.scalar(None, pa.string())))
    return coalesce(*names)


def _looked_up(names: Any, scale: _Scale) -> NDArray[np.float64]:
    place = compute.index_in(names, value_set=pa.array(np.array(list(scale.shares), object), pa.string()))
    shares = np.append(np.array(list(scale.shares.values())), 1.0)
    looked_up: NDArray[np.float64] = shares[np.asarray(compute.fill_null(place, len(shares) - 1)).astype(np.int64)]
    return looked_up


def _pieces(titles: Any) -> NDArray[np.float64]:
    numbers = compute.extract_regex(compute.utf8_lower(titles), _LOT)
    either = [compute.struct_field(numbers, name) for name in ("a", "b")]
    written = compute.coalesce(*(compute.if_else(compute.equal(text, ""), None, text) for text in either))
    pieces = np.asarray(compute.fill_null(compute.cast(written, pa.float64()), 1.0)).astype(np.float64)
    return np.where((pieces >= 1) & (pieces <= MOST_PIECES), pieces, 1.0)
