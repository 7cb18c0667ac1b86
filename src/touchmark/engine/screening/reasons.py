"""
Reasons: a code, a value and a weight each, and the sentence that a language has for them.

Sentences are data, one file per language. Weights are terms of a sum of log-odds, to four
digits: positive ones raise it.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.columns import any_in, compute, truth
from touchmark.engine.screening.schemas import REASON

Format = Literal["text", "percent", "number", "choice"]


class UnknownLanguage(TouchmarkError):
    """There are no sentences in that language."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """How a language says a reason."""

    text: str
    format: Format = "text"
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """All sentences of a language, by the reason's code."""

    sentences: Mapping[str, Sentence]
    formats: Mapping[str, str]

    def say(self, feature: str, value: str | None) -> str:
        """Say a reason; ``value`` is as it stands in the reason."""
        sentence = self.sentences[feature]
        return sentence.text.format(value=self._shown(sentence, value or ""))

    def _shown(self, sentence: Sentence, value: str) -> str:
        match sentence.format:
            case "percent":
                return self._percent(value)
            case "choice":
                return (sentence.choices or {}).get(value, value)
            case _:
                return value

    def _percent(self, value: str) -> str:
        share = round(float(value) * 100)
        return self.formats["percent"].format(share) if share >= 1 else self.formats["below_percent"]


@lru_cache(maxsize=8)
def language(code: str = "en") -> Language:
    """
    Read the sentences of a language.

    :raises UnknownLanguage: if there are none
    """
    file = resources.files(__package__) / "data" / f"reasons.{code}.toml"
    if not code.isalpha() or not file.is_file():
        raise UnknownLanguage(f"There are no sentences in “{code}”. English (en) is there.")
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    formats = read.pop("formats")
    return Language({feature: Sentence(**about) for feature, about in read.items()}, formats)


def said_in(code: str, reason: Mapping[str, Any]) -> str:
    """Say a reason, as the column ``reasons`` holds it, in a language; as it was written, where that has no words."""
    try:
        return _sentence(code.partition("-")[0], reason["feature"], reason["value"])
    except (UnknownLanguage, KeyError):
        return str(reason["text"])


@dataclass(frozen=True, slots=True, eq=False)
class Term:
    """One reason for many rows: ``at`` says which, with a value and a weight each."""

    feature: str
    at: NDArray[np.int64]
    value: Any  # an Arrow array of texts, null where there is none
    weight: NDArray[np.float64]

    def weights(self) -> tuple[NDArray[np.int64], Any]:
        """Give the rows, and the weight of each."""
        return self.at, self.weight


@dataclass(frozen=True, slots=True, eq=False)
class Stated:
    """One reason for the rows chosen by a mask, not yet put into words; values and weights are as in ``term``."""

    feature: str
    which: NDArray[np.bool_]
    value: Any
    weight: NDArray[np.float64] | float

    def weights(self) -> tuple[NDArray[np.int64], Any]:
        """Give the rows, and the weight of each."""
        at = np.flatnonzero(self.which)
        return at, self.weight[at] if isinstance(self.weight, np.ndarray) else self.weight

    def about(self, rows: NDArray[np.int64]) -> Term:
        """Say it of some rows, numbered anew."""
        at = np.flatnonzero(self.which[rows])
        if not len(at):
            return _unsaid(self.feature)
        of = rows[at]
        if self.value is None or isinstance(self.value, str):
            values = pa.repeat(pa.scalar(self.value, pa.string()), len(at))
        else:
            values = (self.value() if callable(self.value) else self.value).take(pa.array(of))
        return Term(self.feature, at, values, np.broadcast_to(self.weight, self.which.shape)[of].astype(np.float64))


@lru_cache(maxsize=256)
def _unsaid(feature: str) -> Term:
    """Nothing is to be said of most features in most batches."""
    return Term(feature, np.empty(0, np.int64), pa.nulls(0, pa.string()), np.empty(0))


def term(feature: str, which: NDArray[np.bool_], value: Any, weight: NDArray[np.float64] | float) -> Term:
    """
    State a reason for the rows chosen by a mask; ``value`` and ``weight`` are per row, or the same for all.

    A value may be what gives it, and is then only made where the reason is given.
    """
    return Stated(feature, which, value, weight).about(np.arange(len(which)))


def stated(feature: str, which: NDArray[np.bool_], value: Any, weight: NDArray[np.float64] | float) -> Stated:
    """State a reason as ``term`` does, of which it is not yet known for which rows it will be put into words."""
    return Stated(feature, which, value, weight)


def terms_of_lists(feature: str, lists: Any) -> Term:
    """State a reason of no weight for every entry of a list of values per row."""
    at = np.asarray(compute.list_parent_indices(lists)).astype(np.int64)
    return Term(feature, at, compute.list_flatten(lists), np.zeros(len(at)))


def has_reason(reasons: Any, feature: str) -> NDArray[np.bool_]:
    """Tell which rows of a column of reasons name a feature."""
    return any_in(reasons, lambda said: truth(compute.equal(compute.struct_field(said, "feature"), feature)))


def listed(terms: Sequence[Term], rows: int, code: str = "en") -> "pa.ListArray[Any]":
    """Give the reasons of each row as the column ``reasons`` holds them, in the order in which the terms are given."""
    terms = [term for term in terms if len(term.at)] or [_unsaid("")]
    at = np.concatenate([term.at for term in terms])
    order = cast(Any, np.argsort(at, kind="stable"))
    columns = (
        pa.concat_arrays([pa.repeat(term.feature, len(term.at)) for term in terms]),
        pa.concat_arrays([term.value for term in terms]),
        pa.array(np.concatenate([term.weight for term in terms]).round(4)),
        pa.concat_arrays([_said(term, code) for term in terms]),
    )
    fields = cast(Any, [REASON.field(i) for i in range(REASON.num_fields)])
    reasons = pa.StructArray.from_arrays([column.take(order) for column in columns], fields=fields)
    offsets = np.concatenate([[0], np.cumsum(np.bincount(at, minlength=rows))]).astype(np.int32)
    return pa.ListArray.from_arrays(cast(Any, offsets), reasons)


def _said(term: Term, code: str) -> Any:
    """Each distinct value is put into its sentence once."""
    if len(term.at) == 1:
        return pa.array([_sentence(code, term.feature, term.value[0].as_py())], pa.string())
    encoded = compute.dictionary_encode(term.value, null_encoding="encode")
    said = [_sentence(code, term.feature, value) for value in encoded.dictionary.to_pylist()]
    sentences: Any = pa.array(said, pa.string())
    return sentences.take(encoded.indices)


@lru_cache(maxsize=1 << 16)
def _sentence(code: str, feature: str, value: str | None) -> str:
    """What was said of one batch is mostly said of the next one too."""
    return language(code).say(feature, value)


def written(numbers: NDArray[Any], digits: int = 0) -> Any:
    """Write numbers as the values of reasons, with so many digits behind the point; what is no number is null."""
    values = np.asarray(numbers, np.float64)
    real = np.isfinite(values)
    rounded = np.where(real, values, 0).round(digits)
    texts = compute.cast(pa.array(rounded if digits else rounded.astype(np.int64)), pa.string())
    return compute.if_else(pa.array(real), texts, None)
