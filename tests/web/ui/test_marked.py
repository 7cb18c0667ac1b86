"""Spans that overlap become runs that do not, and no letter of the text is lost or obeyed."""

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st

from touchmark.engine.terms import Way
from touchmark.web.ui.marked import Run, Span, runs

WAYS = st.sampled_from([Way.PLAIN, Way.DISGUISED, Way.REFERENTIAL])
PLACES = st.integers(-3, 40)
SPANS = st.lists(st.builds(Span, PLACES, PLACES, WAYS, st.just("x"), st.just("f")), max_size=8)


@given(st.text(max_size=30), SPANS)
def test_the_runs_together_are_the_text(text: str, spans: list[Span]) -> None:
    assert "".join(run.text for run in runs(text, spans)) == text


@given(st.text(min_size=1, max_size=30), SPANS)
def test_a_letter_is_marked_if_and_only_if_a_span_covers_it(text: str, spans: list[Span]) -> None:
    covered = [any(0 <= span.start <= place < span.end for span in spans) for place in range(len(text))]
    marked = [bool(run.way) for run in runs(text, spans) for _letter in run.text]
    assert marked == covered


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        # nothing found
        ([], [Run("C4RDEN watch")]),
        # one, at the start
        ([Span(0, 6, "disguised", "D", "1")], [Run("C4RDEN", "disguised", "D", "1"), Run(" watch")]),
        # the same place under two rights: both labels, once each
        (
            [Span(0, 6, "disguised", "A", "1"), Span(0, 6, "disguised", "B", "2"), Span(0, 6, "disguised", "A", "3")],
            [Run("C4RDEN", "disguised", "A; B", "1 2 3"), Run(" watch")],
        ),
        # overlapping: the stronger way wins where both cover
        (
            [Span(0, 6, "referential", "R", "1"), Span(4, 12, "plain", "P", "2")],
            [Run("C4RD", "referential", "R", "1"), Run("EN", "plain", "R; P", "1 2"), Run(" watch", "plain", "P", "2")],
        ),
        # beyond the end: cut off
        ([Span(7, 99, "plain", "P")], [Run("C4RDEN "), Run("watch", "plain", "P")]),
        # makes no sense: left out
        ([Span(5, 5, "plain", "P"), Span(8, 2, "plain", "P"), Span(99, 120, "plain", "P")], [Run("C4RDEN watch")]),
    ],
)
def test_runs(spans: list[Span], expected: list[Run]) -> None:
    assert runs("C4RDEN watch", spans) == expected


def test_places_are_code_points() -> None:
    assert [run.text for run in runs("👜 Carden 手袋", [Span(2, 8, "plain", "P")])] == ["👜 ", "Carden", " 手袋"]


def test_a_title_is_shown_and_not_obeyed() -> None:
    text = '<script>alert("1")</script>'
    template = engines["django"].from_string("{% load ui %}{% marked text spans %}")
    shown = template.render({"text": text, "spans": [Span(1, 7, "plain", '"><b>', "f1")]})
    assert "<script" not in shown
    assert "<b>" not in shown
    assert shown.startswith("&lt;<mark ")
