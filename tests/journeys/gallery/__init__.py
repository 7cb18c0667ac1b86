"""Pages made of every part there is, to be looked at and checked; served in the tests alone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from touchmark.engine.terms import Role, Way
from touchmark.web import clock
from touchmark.web.guard import public
from touchmark.web.ui.forms import Form
from touchmark.web.ui.marked import Span
from touchmark.web.ui.pictures import Box, Picture
from touchmark.web.ui.steps import Entry, Reached, Step

HERE = Path(__file__).parent
TITLE = "C4RDEN steel watch 40 mm, case for Lumen L3, like Carden"


def _span(surface: str, way: Way, label: str, finding: str) -> Span:
    start = TITLE.index(surface)
    return Span(start, start + len(surface), way, label, finding)


SPANS = (
    _span("C4RDEN", Way.DISGUISED, "CARDEN, disguised: a digit for a letter", "f1"),
    _span("Lumen L3", Way.REFERENTIAL, "LUMEN L3, only refers to it", "f2"),
    _span("Carden", Way.PLAIN, "CARDEN, as written", "f3"),
)
DRAWING = "data:image/svg+xml," + (
    "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 400 300'%3E"
    "%3Crect width='400' height='300' fill='%23c9d3da'/%3E%3Ccircle cx='200' cy='150' r='90' fill='%23{}'/%3E%3C/svg%3E"
)


class Questions(Form):
    """One of each kind of field."""

    number = forms.CharField(label="Certificate number", help_text="As printed on the certificate, such as 1234567.")
    reason = forms.ChoiceField(
        label="Why do you object?",
        help_text="Choose the one that fits best.",
        choices=[("fake", "The goods are not genuine"), ("mark", "The mark is used for other goods")],
        widget=forms.RadioSelect,
    )
    country = forms.ChoiceField(label="Country", choices=[("", "Choose"), ("CN", "China"), ("DE", "Germany")])
    statement = forms.CharField(label="What happened?", widget=forms.Textarea(attrs={"rows": 4}), required=False)
    files = forms.FileField(label="A picture of yours", required=False)
    true = forms.BooleanField(label="What I say here is true and complete.")

    def clean_number(self) -> str:
        number: str = self.cleaned_data["number"]
        if len(number) not in (7, 8):
            raise forms.ValidationError(
                f"The certificate number has {len(number)} digits; US registrations have 7 or 8: is one missing?"
            )
        return number


def _picture(colour: str, *boxes: Box) -> Picture:
    return Picture(DRAWING.format(colour), "A round watch", 400, 300, caption="Listing, photo 1", boxes=boxes)


def _values(request: HttpRequest) -> dict[str, Any]:
    at = clock.now()
    rows = [
        {"title": f"{TITLE} {'and more ' * (number % 7)}", "spans": SPANS, "risk": 0.99 - number * 0.045, "at": at}
        for number in range(20)
    ]
    return {
        "rows": rows,
        "title": TITLE,
        "spans": SPANS,
        "roles": list(Role)[:4],
        "form": Questions({"number": "123456"} if "wrong" in request.GET else None),
        "at": at,
        "soon": at + timedelta(hours=20),
        "later": at + timedelta(days=12),
        "late": at - timedelta(days=3),
        "first": _picture(
            "5b6b78",
            Box(110, 60, 290, 240, Way.COPIED_IMAGE, "Copied picture", "f4"),
            Box(10, 10, 90, 70, Way.LOGO, "Logo", "f5"),
            Box(310, 200, 390, 290, Way.LOOKALIKE, "Looks alike", "f6"),
        ),
        "second": _picture("6b5b48"),
        "steps": [
            Step("Notice received", Reached.PAST, at - timedelta(days=5)),
            Step("Looked at by a reviewer", Reached.LATE, at - timedelta(days=1), "Nobody has taken it yet."),
            Step("Decision", Reached.NOW, at + timedelta(days=2)),
            Step("The seller can appeal", Reached.TO_COME),
        ],
        "entries": [
            Entry("Maison Verre", "reported the listing", at - timedelta(days=5), "It is our photo.\n\nTaken in 2024."),
            Entry("You", "asked for proof", at - timedelta(days=2), mine=True),
        ],
    }


@public
def show(request: HttpRequest, name: str) -> HttpResponse:
    """Show one page of the gallery."""
    template = engines["django"].from_string((HERE / f"{name}.html").read_text(encoding="utf-8"))
    return HttpResponse(template.render(_values(request), request))


urlpatterns = [
    path("gallery/<str:name>", show, name="gallery"),
    path("", include("touchmark.site.urls")),
]
