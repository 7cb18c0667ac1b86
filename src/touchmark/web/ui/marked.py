"""Text in which uses of marks are shown: spans that may overlap become runs of text that do not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from touchmark.engine.terms import Way

#: How each way looks, the strongest first: where two spans cover a letter, the first of these wins.
STRENGTH = (Way.DISGUISED, Way.PLAIN, Way.REFERENTIAL)


@dataclass(frozen=True, slots=True)
class Span:
    """
    A use of a mark in a text: half-open, in code points.

    ``label`` is shown on focus; ``finding`` ties the place to the row that lights it (``data-lights``).
    """

    start: int
    end: int
    way: str
    label: str
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of the text with the spans that cover all of it; none, where nothing was found."""

    text: str
    way: str = ""
    label: str = ""
    findings: str = ""


def runs(text: str, spans: Iterable[Span]) -> list[Run]:
    """Cut the text at every span's ends. The pieces together are the text; spans beyond its ends are cut off."""
    kept = [span for span in spans if 0 <= span.start < min(span.end, len(text))]
    cuts = sorted({0, len(text), *(span.start for span in kept), *(min(span.end, len(text)) for span in kept)})
    return [
        _run(text[start:end], [span for span in kept if span.start <= start and end <= span.end])
        for start, end in pairwise(cuts)
    ]


def _run(text: str, spans: Sequence[Span]) -> Run:
    if not spans:
        return Run(text)
    ways = {span.way for span in spans}
    return Run(
        text=text,
        way=next((way for way in STRENGTH if way in ways), Way.PLAIN),
        label="; ".join(dict.fromkeys(span.label for span in spans)),
        findings=" ".join(dict.fromkeys(span.finding for span in spans if span.finding)),
    )
