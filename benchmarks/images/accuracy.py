"""
How many copies are found, by edit, and how many wrong pairs: ``python -m benchmarks.images accuracy --data DATA``.

A threshold is set on the tuning part alone, for each method: the lowest that gives precision ``PRECISION`` there and at
most one wrong pair in ``ONE_IN``. The other part is reported with it. Photos of one product, or of the packs of one
brand, count neither way.
"""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import inf, sqrt
from pathlib import Path

import numpy as np
import pyarrow as pa

from benchmarks.images import peers
from benchmarks.images.sources import Query, Source, bystanders, queries, sources, split
from touchmark.engine.screening.image.compile import compile_images
from touchmark.engine.screening.image.match import match_images

PRECISION, ONE_IN = 0.99, 100_000
#: Edits drawn for each reference of the tuning part; of the other part all are asked.
TUNING_EDITS = 8

#: For each query, each reference it may show and how much speaks for it.
Scores = list[dict[int, float]]
Method = Callable[[list[Source], list[Query]], Scores]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a method finds at a threshold; pairs are of a query and a reference."""

    threshold: float
    found: dict[str, int]  # by edit
    asked: dict[str, int]
    wrong: list[tuple[int, int]]  # pairs of unrelated photos
    unrelated: int  # all such pairs
    same_artwork: int  # pairs of photos of one product, or of one brand's packs, that were found

    @property
    def recall(self) -> float:
        return sum(self.found.values()) / sum(self.asked.values())

    @property
    def precision(self) -> float:
        hits = sum(self.found.values())
        return hits / max(hits + len(self.wrong), 1)


def touchmark(references: list[Source], queries: list[Query]) -> Scores:
    """The engine's own matcher: the strength of each hit in a picture."""
    files = {str(i): source.data for i, source in enumerate(references)}
    held, _ = compile_images([(i, str(i)) for i in range(len(references))], files.__getitem__)
    scores: Scores = [{} for _ in queries]
    for start in range(0, len(queries), 256):
        names = [[str(i)] for i in range(start, min(start + 256, len(queries)))]
        batch = pa.table({"images": pa.array(names, pa.list_(pa.string()))})
        hits, _ = match_images(batch, lambda name: queries[int(name)].data, held)
        for listing, right, strength in zip(hits.listing, hits.right, hits.strength, strict=True):
            of = scores[start + int(listing)]
            of[int(right)] = max(of.get(int(right), 0.0), float(strength))
    return scores


def by_code(code: Callable[[bytes], np.ndarray]) -> Method:
    """A peer that gives one code for a picture: fewer bits apart, more alike."""

    def method(references: list[Source], queries: list[Query]) -> Scores:
        held = np.stack([code(source.data) for source in references])
        asked = np.stack([code(query.data) for query in queries])
        apart = np.bitwise_count(asked[:, None] ^ held[None]).sum(axis=2).astype(int)
        return [{int(i): -float(row[i]) for i in np.flatnonzero(row <= held.shape[1] * 8 // 3)} for row in apart]

    return method


METHODS: dict[str, Method] = {"Touchmark": touchmark}
PEERS: dict[str, Method] = {"PDQ (pdqhash)": by_code(peers.pdq), "pHash, 64 bits": by_code(peers.phash)}

#: Of ``fresh`` nothing is set: the engine's own least strength, and what the authors of the others propose.
AS_THEY_ARE = {"Touchmark": 0.0, "PDQ (pdqhash)": -31.0, "pHash, 64 bits": -10.0}


def run(data: Path, parts: list[str], with_peers: bool) -> None:
    """Print the table of each part; thresholds are those of the tuning part, in ``fresh`` those that methods have."""
    methods = METHODS | (PEERS if with_peers else {})
    at: dict[str, float] = {}
    first = () if parts == ["fresh"] else ("tune",)
    for part in (*first, *(part for part in parts if part != "tune")):
        held, strangers = split(sources(data, part), part)
        asked = queries(held, strangers, part, TUNING_EDITS if part == "tune" else None)
        held = [*held, *bystanders(data, part)]
        scores = {name: method(held, asked) for name, method in methods.items()}
        at |= {name: threshold(held, asked, scores[name]) for name in methods if part == "tune"}
        of = AS_THEY_ARE if part == "fresh" else at
        outcomes = {name: outcome(held, asked, scores[name], of[name]) for name in methods}
        print(f"\n{part}: {len(held)} references, {len(strangers)} strangers, {len(asked)} queries\n")
        print("\n".join(table(outcomes)))
        for name, each in outcomes.items():
            for query, reference in each.wrong[:20]:
                print(f"wrong, {name}: {asked[query].edit} of {asked[query].source.name}, as {held[reference].name}")
        sys.stdout.flush()


def threshold(references: list[Source], queries: list[Query], scores: Scores) -> float:
    """Give the lowest score from which precision and the share of wrong pairs are as asked."""
    pairs = sorted(_pairs(references, queries, scores), key=lambda pair: -pair[0])
    allowed = _unrelated(references, queries) / ONE_IN
    best, right, wrong = inf, 0, 0
    for place, (score, truth) in enumerate(pairs):
        right, wrong = right + (truth is True), wrong + (truth is False)
        last = place + 1 == len(pairs) or pairs[place + 1][0] < score
        if last and wrong <= allowed and right >= PRECISION * (right + wrong):
            best = score
    return best


def outcome(references: list[Source], queries: list[Query], scores: Scores, at: float) -> Outcome:
    """Count what is found at a threshold."""
    found, asked = Counter[str](), Counter(query.edit for query in queries if query.reference is not None)
    wrong, same_artwork = [], 0
    for number, (query, score) in enumerate(zip(queries, scores, strict=True)):
        for reference in (reference for reference, value in score.items() if value >= at):
            truth = _truth(references[reference], query, reference)
            found[query.edit] += truth is True
            same_artwork += truth is None
            if truth is False:
                wrong.append((number, reference))
    return Outcome(at, dict(found), dict(asked), wrong, _unrelated(references, queries), same_artwork)


def table(outcomes: dict[str, Outcome]) -> Iterable[str]:
    """Give a Markdown table: recall by edit and in all, precision, wrong pairs."""
    yield "| | " + " | ".join(outcomes) + " |"
    yield "| --- |" + " ---: |" * len(outcomes)
    for edit in next(iter(outcomes.values())).asked:
        shares = (f"{one.found.get(edit, 0) / one.asked[edit]:.2f}" for one in outcomes.values())
        yield f"| {edit} | " + " | ".join(shares) + " |"
    rows: dict[str, list[str]] = defaultdict(list)
    for each in outcomes.values():
        low, high = wilson(sum(each.found.values()), sum(each.asked.values()))
        rows["**all edits**"].append(f"**{each.recall:.3f}** ({low:.3f}–{high:.3f})")
        rows["precision"].append(f"{each.precision:.4f}")
        rows["wrong pairs of unrelated photos"].append(f"{len(each.wrong)} of {each.unrelated:,}")
        rows["at most, with 95 %"].append(f"1 in {each.unrelated / upper(len(each.wrong)):,.0f}")
        rows["pairs of one brand's packs, or one product"].append(f"{each.same_artwork}")
        rows["threshold"].append(f"{each.threshold:g}")
    for name, values in rows.items():
        yield f"| {name} | " + " | ".join(values) + " |"


def wilson(found: int, asked: int, z: float = 1.96) -> tuple[float, float]:
    """Give the 95 % interval of a share."""
    share = found / asked
    middle = (share + z * z / (2 * asked)) / (1 + z * z / asked)
    reach = z / (1 + z * z / asked) * sqrt(share * (1 - share) / asked + z * z / (4 * asked * asked))
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def upper(count: int) -> float:
    """Give the 95 % upper bound of a rare count: three where none was seen."""
    return 3.0 if not count else (sqrt(count + 1) + 0.82) ** 2


def _truth(reference: Source, query: Query, place: int) -> bool | None:
    if query.reference == place:
        return True
    return None if reference.artwork in query.artworks else False


def _pairs(references: list[Source], queries: list[Query], scores: Scores) -> Iterable[tuple[float, bool | None]]:
    for query, score in zip(queries, scores, strict=True):
        for reference, value in score.items():
            yield value, _truth(references[reference], query, reference)


def _unrelated(references: list[Source], queries: list[Query]) -> int:
    """Count the pairs of a query and a reference that are neither copies nor of one artwork."""
    held = Counter(reference.artwork for reference in references if reference.artwork)
    related = 0
    for query in queries:
        own = references[query.reference].artwork if query.reference is not None else None
        related += sum(held[artwork] for artwork in query.artworks)
        related += query.reference is not None and own not in query.artworks
    return len(references) * len(queries) - related
