"""Listings through the engine: what each feature of the risk says of each, and what the reader says."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from benchmarks.risk.naming import Reader
from benchmarks.risk.parts import Listing, held_apart
from benchmarks.risk.register import batch_of, reference_prices, write_register
from touchmark.engine.learning.examples import Examples
from touchmark.engine.learning.fit import Weights
from touchmark.engine.screening.model import CODES, Model
from touchmark.engine.screening.screen import screen
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.learn_prices import with_learnt_prices
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.integrations.files.reading import read_whole
from touchmark.integrations.files.tables import RIGHTS

#: The day as of which everything is screened.
ON = date(2026, 3, 31)

#: Names that are ordinary words of titles too: "soft shell", "orange". That a listing has one says nothing.
ORDINARY = frozenset({"Apple", "Boss", "Coach", "Essentials", "Gap", "Guess", "Orange", "Shell", "Target"})


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """Listings with their examples, in one order. ``suspected`` stands in for a decision, which nobody has taken."""

    listings: Sequence[Listing]
    examples: Examples
    brands: Sequence[Sequence[str]]  # named, by the reader

    def taken(self, which: NDArray[np.bool_]) -> "Measured":
        """The listings chosen by a mask."""
        at = np.flatnonzero(which).tolist()
        chosen = [self.listings[i] for i in at], self.examples.taken(which), [self.brands[i] for i in at]
        return Measured(*chosen)

    def where(self, **wanted: Any) -> NDArray[np.bool_]:
        """Tell which are of a file, of a source, name a brand (``named``), or may be fitted on (``fits``)."""
        tests = {
            "file": lambda i, value: self.listings[i].file == value,
            "source": lambda i, value: self.listings[i].source == value,
            "fits": lambda i, value: self.listings[i].fits == value,
            "named": lambda i, value: bool(self.brands[i]) == value,
            "apart": lambda i, value: any(held_apart(brand) for brand in self.brands[i]) == value,
        }
        return np.array(
            [all(tests[name](i, value) for name, value in wanted.items()) for i in range(len(self.listings))], np.bool_
        )


def snapshot_of(data: Path, listings: Sequence[Listing], folder: Path, *, prices: bool, learnt: bool) -> Snapshot:
    """Compile the register, with reference prices, or with usual prices learnt from the same listings."""
    path = folder / "rights.csv"
    write_register(data, reference_prices(listings) if prices else {}, path)
    table, _ = read_whole(path, RIGHTS)
    snapshot, _ = compile_register(table, None)
    snapshot = snapshot.as_of(ON)
    trusted = [each for each in listings if each.file == "resale" and each.fits]
    return with_learnt_prices(snapshot, batch_of(trusted), ON) if learnt else snapshot


def measured(listings: Sequence[Listing], snapshot: Snapshot, *, conditions: bool = True) -> Measured:
    """Screen listings, by a model of which every weight is 1, so that its reasons give the amounts."""
    table = screen(batch_of(listings, conditions=conditions), None, snapshot, _counting())[1]
    brands = {brand for brand, right in _hand_made(snapshot) if right.startswith("wm-")} - ORDINARY
    reader = Reader(brands)
    named = [reader.brands(each) for each in listings]
    about = [_about(*pair) for pair in zip(listings, named, strict=True)]
    texts = [np.array([each[part] for each in about], object) for part in range(3)]
    examples = Examples(
        codes=CODES,
        amounts=_amounts(table),
        infringing=np.array([each.file == "suspected" for each in listings]),
        weight=np.ones(len(listings)),
        brand=texts[0],
        seller=texts[1],
        day=np.zeros(len(listings), np.int64),
        name=texts[2],
    )
    return Measured(listings, examples, named)


def weights_of(model: Model) -> Weights:
    """The weights of a model, as the fit takes them."""
    return Weights(model.bias, {feature.code: feature.weight for feature in model.features})


def _about(listing: Listing, brands: Sequence[str]) -> tuple[str, str, str]:
    seller = f"{listing.source}:{listing.row['seller_id']}"
    return brands[0] if brands else "", seller, listing.row["listing_id"]


def _counting() -> Model:
    model = Model.default()
    return replace(model, bias=0.0, features=tuple(replace(feature, weight=1.0) for feature in model.features))


def _amounts(assessments: pa.Table) -> NDArray[np.float64]:
    amounts = np.zeros((assessments.num_rows, len(CODES)))
    place = {code: at for at, code in enumerate(CODES)}
    for row, reasons in enumerate(assessments["reasons"].to_pylist()):
        for reason in reasons:
            if reason["feature"] in place:
                amounts[row, place[reason["feature"]]] = reason["weight"]
    return amounts


def _hand_made(snapshot: Snapshot) -> list[tuple[str, str]]:
    columns = (snapshot.rights[name].to_pylist() for name in ("brand", "right_id"))
    return [(brand, right) for brand, right in zip(*columns, strict=True) if brand]
