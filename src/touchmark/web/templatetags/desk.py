"""``{% load desk %}``: words and numbers of the desk's pages."""

from django import template
from django.utils.formats import number_format
from django.utils.text import capfirst

from touchmark.apps.decisions import facts
from touchmark.apps.decisions.kinds import DecisionKind, DismissReason
from touchmark.web.desk import forms, words
from touchmark.web.desk.evidence import Evidence
from touchmark.web.ui.charts import whole
from touchmark.web.ui.marked import Span
from touchmark.web.ui.words import RIGHT_KINDS, words_of_reason

register = template.Library()

register.filter("right_name", facts.name_of)
register.filter("whole", whole)


@register.inclusion_tag("touchmark/ui/parts/keys.html")
def desk_keys(slash: str, g: str, f: str, nine: str) -> dict[str, object]:
    """Give the dialog of keys of the queue: those whose names no template can write."""
    return {"more": [("g", g), ("f", f), ("/", slash), ("1 … 9", nine)]}


@register.filter
def measure(kind: str) -> str:
    """Say what is done to a listing, as the form does."""
    return str(dict(forms.KINDS)[DecisionKind(kind)])


@register.filter
def proposes(kind: str) -> str:
    """Say what is proposed against a seller."""
    return str(words.PROPOSES[DecisionKind(kind)])


@register.filter
def dismiss_reason(reason: str) -> str:
    """Say why a listing stays on sale."""
    return str(dict(forms.REASONS)[DismissReason(reason)])


@register.filter
def spans(evidence: Evidence, field: str) -> list[Span]:
    """Give the marks in a field of the listing: ``evidence|spans:"title"``."""
    return evidence.spans(field)


#: For which kinds of decision a field of its form is shown (``desk.css``); any other is for all of them.
SHOWN_FOR = {
    "territories": "for-disable",
    "pictures": "for-pictures",
    "correct_on": "for-correct",
    "measure": "for-correct",
    "at_once": "for-correct",
    "reason": "for-dismiss",
    "right": "for-restrict",
    "ground": "for-restrict",
    "ground_reference": "for-restrict",
    "ground_explanation": "for-restrict",
    "ends_on": "for-restrict for-lasting",
}


@register.filter
def shown_for(field: str) -> str:
    """Give the class that shows a field of a decision's form for the kinds of decision that need it."""
    return SHOWN_FOR.get(field, "for-all")


@register.filter
def why_two(because: str) -> str:
    """Say why two must look: the rule of ``engine.policy.second_eyes``, or that the reviewer asked."""
    return str(words.WHY_TWO[because])


@register.filter
def right_kind(kind: str) -> str:
    """Give a right's kind in words."""
    return str(RIGHT_KINDS[kind])


@register.filter
def verdict_name(verdict: str) -> str:
    """Give a verdict in words."""
    return str(words.VERDICTS.get(verdict, verdict))


@register.filter
def reason_name(reason: str) -> str:
    """Give the reason of a notice in words."""
    return words_of_reason(reason)


@register.filter
def done(kind: str) -> str:
    """Give what a decision did: ``took the listing off sale``."""
    return capfirst(str(words.DONE[kind]))


@register.filter
def compact(number: int | None) -> str:
    """Give a count in at most four signs: 950, 12.3k, 4.1M; a dash where it is not known."""
    if number is None:
        return "–"
    for size, sign in ((1_000_000_000, "G"), (1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number_format(number / size, 1 if number < 100 * size else 0)}{sign}"
    return str(number)
