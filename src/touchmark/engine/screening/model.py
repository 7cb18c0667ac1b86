"""
The model: sums of terms that one can read, turned into probabilities.

``Model.risk`` weighs the evidence of a listing: whether it should be acted on. ``confidence`` weighs a single hit:
whether the right is used there, lawfully or not. Both add log-odds, and every term that is not nought is a reason.
Weights are data (``data/model.toml``), kept with a version, so that what a model said can be said again.
"""

import math
import tomllib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import Any, Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening import calibration
from touchmark.engine.screening import features as f
from touchmark.engine.screening.columns import Batch
from touchmark.engine.screening.compare.terms import MEANINGS
from touchmark.engine.screening.evidence import Evidence, Register
from touchmark.engine.screening.hits import WAYS, Hits, Trick
from touchmark.engine.screening.reasons import Term, listed, stated, term
from touchmark.engine.screening.schemas import REASON
from touchmark.engine.screening.use import ADDED, TRICKS, WITHIN, probability, summed, use_terms

#: The reason by which a confidence says how often such a sum was right.
CALIBRATED = "calibrated"


class ModelRefused(TouchmarkError):
    """A file of weights is not of the form of ``data/model.toml``."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One term of the sum: the code of its reason, how it reads the evidence, what an amount of 1 weighs."""

    code: str
    read: Callable[[Evidence], f.Reading]
    weight: float


@dataclass(frozen=True, slots=True)
class Model:
    """A version of the weights: where the sum of the risk starts, what is added, and the weights of a single use."""

    version: str
    bias: float
    features: tuple[Feature, ...]
    use: Mapping[str, float]

    @classmethod
    @cache
    def default(cls) -> Self:
        """Give the model that comes with this version."""
        return cls.of((resources.files(__package__) / "data" / "model.toml").read_text(encoding="utf-8"), "model.toml")

    @classmethod
    def load(cls, path: Path) -> Self:
        """
        Read weights from a file.

        :raises ModelRefused: if it cannot be read, or something is missing, unknown or no number
        """
        try:
            return cls.of(path.read_text(encoding="utf-8"), str(path))
        except (OSError, UnicodeDecodeError) as error:
            raise ModelRefused(f"{path}: the weights cannot be read ({error}). Give a TOML file.") from error

    @classmethod
    def of(cls, text: str, name: str) -> Self:
        """Read weights from a text; ``name`` is for what is said when they are refused."""
        try:
            read = tomllib.loads(text)
            version, risk, use = read.pop("version"), read.pop("risk"), read.pop("use")
            bias, weights = risk.pop("bias"), risk.pop("weights")
            standings, tricks = risk.pop("standings"), risk.pop("tricks")
            of_use = use.pop("tricks")
        except tomllib.TOMLDecodeError as error:
            raise ModelRefused(f"{name}: {error}. Write it as the model.toml that comes with the program.") from error
        except (KeyError, AttributeError, TypeError) as error:
            raise ModelRefused(f"{name}: {error} is missing. Write it as the model.toml that comes along.") from error
        _refuse_others(name, {"": read, "risk": risk})
        numbers = {"risk": {"bias": bias}, "risk.weights": weights, "use": use, "use.tricks": of_use}
        _refuse_no_numbers(name, numbers | {"risk.standings": standings, "risk.tricks": tricks})
        _refuse_missing(name, "risk.weights", weights, CODES)
        _refuse_missing(name, "risk.tricks", tricks, tuple(trick.name.lower() for trick in Trick))
        _refuse_missing(name, "use", use, (*WAYS, *ADDED, *WITHIN))
        _refuse_missing(name, "use.tricks", of_use, TRICKS)
        return cls(str(version), float(bias), features_of(weights, standings, tricks), {**use, **of_use})

    def risk(self, evidence: Evidence) -> tuple[NDArray[np.float64], list[Term]]:
        """Give each listing's risk, and the terms whose weights, with ``bias``, add up to its log-odds."""
        terms = []
        for feature in self.features:
            amount, value = feature.read(evidence)
            terms.append(term(feature.code, amount != 0, value, amount * feature.weight))
        return probability(self.bias + summed(terms, len(evidence))), terms

    def amounts(self, reasons: Sequence[Mapping[str, Any]]) -> dict[str, float]:
        """
        Give back what each feature said, from the reasons that this model gave; what weighs nothing is not known.

        :param reasons: as in the column ``reasons`` of an assessment
        """
        weights = {feature.code: feature.weight for feature in self.features if feature.weight}
        told = ((reason["feature"], reason["weight"]) for reason in reasons)
        return {code: round(weight / weights[code], 4) for code, weight in told if code in weights}


def features_of(
    weights: Mapping[str, float], standings: Mapping[str, float], tricks: Mapping[str, float]
) -> tuple[Feature, ...]:
    """The whole model of the risk, to be read."""
    reads: Mapping[str, Callable[[Evidence], f.Reading]] = {
        "disguised_mark": partial(f.disguised_mark, tricks=dict(tricks)),
        "copied_image": f.copied_image,
        "logo": f.logo,
        "lookalike": f.lookalike,
        "plain_mark": f.plain_mark,
        **{f"coded_{meaning}": partial(f.coded_term, meaning=meaning) for meaning in MEANINGS},
        "low_price": f.low_price,
        "unusual_price": f.unusual_price,
        "claimed_price": f.claimed_price,
        "shared_photo": f.shared_photo,
        "several_marks": f.several_marks,
        "seller_standing": partial(f.seller_standing, standings=dict(standings)),
        "new_seller": f.new_seller,
        "authorised_seller": f.authorised_seller,
    }
    return tuple(Feature(code, read, weights[code]) for code, read in reads.items())


#: The codes of the features.
CODES = tuple(feature.code for feature in features_of(defaultdict(float), {}, {}))


def confidence(
    hits: Hits, batch: Batch, snapshot: Register, model: Model | None = None, read: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], "pa.ListArray[Any]"]:
    """
    Give, for each hit, the probability that its right is used there, and the reasons, as the column of findings.

    ``batch`` is the batch that the hits point into. Without a model, the one that comes along. ``read`` tells how sure
    a reader of pictures was of the words, where they were read in one; NaN elsewhere.
    """
    return surest(hits, batch, snapshot, model, read, 0.0)[1:]


def surest(
    hits: Hits,
    batch: Batch,
    snapshot: Register,
    model: Model | None,
    read: NDArray[np.float64] | None,
    least: float,
) -> tuple[NDArray[np.int64], NDArray[np.float64], "pa.ListArray[Any]"]:
    """Give which hits are at least so sure, and for each what ``confidence`` gives: reasons are put into words last."""
    terms = use_terms(hits, batch, snapshot, (model or Model.default()).use, read)
    log_odds = summed(terms, len(hits))
    moved = calibration.moved(hits, log_odds)
    terms.append(stated(CALIBRATED, moved != 0, None, moved))
    sure = probability(log_odds + moved)
    kept = np.flatnonzero(sure >= least)
    if not len(kept):
        none: Any = pa.array([], pa.list_(REASON))
        return kept, sure[kept], none
    return kept, sure[kept], listed([each.about(kept) for each in terms], len(kept))


def _refuse_others(name: str, tables: Mapping[str, Mapping[str, object]]) -> None:
    for table, rest in tables.items():
        for key in rest:
            raise ModelRefused(f"{name}: {table + '.' if table else ''}{key} is not known. Leave it out.")


def _refuse_no_numbers(name: str, tables: Mapping[str, Mapping[str, object]]) -> None:
    for table, entries in tables.items():
        if not isinstance(entries, Mapping):
            raise ModelRefused(f"{name}: {table} is no table. Write [{table}] and its entries below.")
        for key, value in entries.items():
            if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
                raise ModelRefused(f"{name}: {table}.{key} is no number. Give the weight as a number.")


def _refuse_missing(name: str, table: str, weights: Mapping[str, float], codes: tuple[str, ...]) -> None:
    for code in codes:
        if code not in weights:
            raise ModelRefused(f"{name}: {table}.{code} is missing. Give it a weight; 0 leaves it out.")
    for code in weights:
        if code not in codes:
            raise ModelRefused(f"{name}: {table}.{code} is not known. Leave it out.")
