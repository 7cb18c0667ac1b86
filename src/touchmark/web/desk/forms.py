"""What a reviewer fills in. Rules of substance are the flows'; here is what can be said beside a field, all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from touchmark.apps.catalog.addresses import key_of
from touchmark.apps.catalog.kinds import ListingKind
from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.facts import described, name_of
from touchmark.apps.decisions.kinds import DecisionKind, DismissReason, Ground
from touchmark.engine.lifecycle.decision import STANDING
from touchmark.flows.decide import NoticeAnswer, Seen
from touchmark.web.desk import words

if TYPE_CHECKING:
    from touchmark.web.desk.evidence import Evidence

KINDS = [
    (DecisionKind.REMOVE, _("Take it off sale")),
    (DecisionKind.DISABLE, _("Disable in some territories")),
    (DecisionKind.HIDE, _("Hide it from search")),
    (DecisionKind.PICTURES, _("Take pictures off it")),
    (DecisionKind.CORRECT, _("Have it corrected by a day")),
    (DecisionKind.HOLD, _("Hold it until it is decided")),
    (DecisionKind.NONE, _("Leave it on sale")),
]
MEASURES = KINDS[:3]


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of decision is chosen: its key, what the button then says, and what will happen."""

    key: str
    button: Promise
    then: Promise


CHOICES: Mapping[str, Kind] = {
    DecisionKind.REMOVE: Kind(
        "r",
        _("Take it off sale"),
        _("The marketplace takes the listing off sale. The seller reads why and can appeal; it counts as a strike."),
    ),
    DecisionKind.DISABLE: Kind(
        "t",
        _("Disable it there"),
        _(
            "Shoppers in the territories that you choose see the listing no more; elsewhere it stays on sale. It "
            "counts as a strike."
        ),
    ),
    DecisionKind.HIDE: Kind(
        "h",
        _("Hide it"),
        _("The listing is found by no search; whoever has its address can still buy. It counts as a strike."),
    ),
    DecisionKind.PICTURES: Kind(
        "i",
        _("Take the pictures off"),
        _(
            "The marketplace takes off the pictures or videos that you choose; the listing stays on sale, and goes on "
            "being looked at as a whole. It counts for nothing in the seller's standing."
        ),
    ),
    DecisionKind.CORRECT: Kind(
        "c",
        _("Ask for the correction"),
        _(
            "The seller has until the day to change the listing. Corrected in time, nothing counts; if not, what you "
            "choose is done by itself."
        ),
    ),
    DecisionKind.HOLD: Kind(
        "p",
        _("Hold it"),
        _(
            "The listing is not on sale meanwhile, and goes on waiting in the queue. The seller reads that nothing is "
            "decided yet; it counts as nothing."
        ),
    ),
    DecisionKind.NONE: Kind(
        "d",
        _("Leave it on sale"),
        _("Nothing happens to the listing. The seller is told only if it was held or to be corrected."),
    ),
}
#: How the same is said of what is no offer: nobody buys it, and it is shown or not.
OF_PAGES: Mapping[str, tuple[Promise, Promise]] = {
    DecisionKind.REMOVE: (
        _("Take it off"),
        _("The marketplace shows it no more; what the shop offers stays. The seller reads why and can appeal."),
    ),
    DecisionKind.HIDE: (_("Hide it from search"), _("No search finds it; whoever has its address can still see it.")),
    DecisionKind.NONE: (_("Leave it as it is"), _("Nothing happens to it.")),
}
REASONS = [
    (DismissReason.NO_USE, _("It does not use the right")),
    (DismissReason.REFERENCE, _("It names the mark only to say what its goods fit")),
    (DismissReason.AUTHORISED, _("The holder has authorised the seller")),
    (DismissReason.GENUINE, _("Genuine goods, put on the market there by the holder")),
    (DismissReason.NOT_SIMILAR, _("Not similar enough")),
    (DismissReason.OUTSIDE, _("The right is not in force there, or not for these goods")),
    (DismissReason.CORRECTED, _("The seller has corrected it")),
    (DismissReason.PROVED, _("The seller has shown where the goods come from")),
    (DismissReason.OTHER, _("Another reason, told below")),
]
GROUNDS = [(Ground.LAW, _("The law")), (Ground.TERMS, _("The marketplace's terms"))]
UPHOLD, REFUSE = "uphold", "refuse"
#: What is said where no facts are: of a restriction, and of what is left on sale.
NO_FACTS: Mapping[bool, Promise] = {
    False: _("Write what you saw: the facts are what the seller reads first."),
    True: _("Write what you saw: colleagues read it, and whoever looks at it again."),
}


class ProvenWords(forms.CharField):
    """A text that somebody will read as ours: it says no more than is proved."""

    def clean(self, value: Any) -> str:
        """Refuse the one word that needs a proof which nothing at the desk gives."""
        text: str = super().clean(value)
        if word := words.unproven(text):
            message = _("“{word}” needs proof: an examination, an admission or a judgment. Write “suspected”.")
            raise forms.ValidationError(message.format(word=word))
        return text


def area(rows: int, **attributes: str) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attributes})


class DecisionForm(forms.Form):
    """What to do about a listing, on what ground, and why. The hidden fields say what was before the reviewer."""

    kind = forms.ChoiceField(
        label=_("What to do"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what to do: restrict the listing, or leave it on sale.")},
    )
    territories = forms.MultipleChoiceField(label=_("Territories"), required=False, widget=forms.CheckboxSelectMultiple)
    pictures = forms.MultipleChoiceField(label=_("Pictures"), required=False, widget=forms.CheckboxSelectMultiple)
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )
    correct_on = forms.DateField(
        label=_("Corrected by"),
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )
    measure = forms.ChoiceField(label=_("If it is not"), choices=MEASURES, required=False)
    at_once = forms.BooleanField(label=_("Do that at once, until it is corrected"), required=False)
    reason = forms.ChoiceField(label=_("Reason"), choices=REASONS, required=False, initial=DismissReason.OTHER)
    right = forms.ChoiceField(label=_("Right"), required=False)
    ground = forms.ChoiceField(label=_("Ground"), choices=GROUNDS, required=False, widget=forms.RadioSelect)
    ground_reference = forms.CharField(label=_("Law or term"), required=False, max_length=500)
    ground_explanation = ProvenWords(label=_("Why it applies"), required=False, widget=area(4))
    facts = ProvenWords(
        label=_("What you saw"),
        required=False,
        widget=area(4, **{"data-key": "f"}),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)
    seen_digest = forms.CharField(widget=forms.HiddenInput)
    seen_assessment = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_notices = forms.CharField(widget=forms.HiddenInput, required=False)
    place = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, evidence: Evidence, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, use_required_attribute=False, **kwargs)
        self.evidence = evidence
        rights = [(ref, f"{name_of(right)} · {described(right)}") for ref, right in evidence.rights.items()]
        self.fields["right"].choices = rights  # type: ignore[attr-defined]
        sold_in = evidence.listing.marketplace.territories
        self.fields["territories"].choices = [(place, place) for place in sold_in]  # type: ignore[attr-defined]
        self.page = evidence.listing.kind != ListingKind.OFFER
        left_out = (
            {DecisionKind.HOLD} if self.page or any(one.status in STANDING for one in evidence.earlier) else set()
        )
        shown = _pictures_of(evidence)
        self.fields["pictures"].choices = shown  # type: ignore[attr-defined]
        if not shown or self.page:
            left_out.add(DecisionKind.PICTURES)
        wholly = evidence.listing.marketplace.wholly
        if not sold_in or wholly:  # nowhere to choose from, or the shop has it on sale everywhere or nowhere
            left_out.add(DecisionKind.DISABLE)
        if wholly:
            left_out |= {DecisionKind.HIDE, DecisionKind.PICTURES}
        kinds = [(kind, OF_PAGES[kind][0] if self.page and kind in OF_PAGES else said) for kind, said in KINDS]
        self.fields["kind"].choices = [kind for kind in kinds if kind[0] not in left_out]  # type: ignore[attr-defined]
        self.fields["measure"].choices = [kind for kind in MEASURES if kind[0] not in left_out]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what a restriction must say; a dismissal needs its facts only."""
        given: dict[str, Any] = super().clean() or {}
        kind = given.get("kind")
        if not given.get("facts") and "facts" not in self.errors:
            self.add_error("facts", str(NO_FACTS[kind == DecisionKind.NONE]))
        if kind in (None, DecisionKind.NONE):
            return given
        correcting = kind == DecisionKind.CORRECT
        if correcting and not given.get("correct_on") and "correct_on" not in self.errors:
            self.add_error("correct_on", _("Choose the day by which the listing must be corrected."))
        disables = (given.get("measure") if correcting else kind) == DecisionKind.DISABLE
        if disables and not given.get("territories"):
            self.add_error("territories", _("Choose the territories in which the listing is disabled."))
        if kind == DecisionKind.PICTURES and not given.get("pictures"):
            self.add_error("pictures", _("Choose the pictures that are taken off."))
        for name, text in self.NEEDED.items():
            if kind == DecisionKind.HOLD and name == "right":
                continue  # nothing is decided yet
            if not given.get(name) and name not in self.errors:
                self.add_error(name, text)
        return given

    def kinds(self) -> list[tuple[Any, Kind]]:
        """Give the kinds of decisions that can be chosen, with how each is."""
        return [(radio, self._how(radio.data["value"])) for radio in self["kind"]]

    def _how(self, kind: str) -> Kind:
        if self.page and kind in OF_PAGES:
            button, then = OF_PAGES[kind]
            return Kind(CHOICES[kind].key, button, then)
        return CHOICES[kind]

    NEEDED: Mapping[str, Any] = {
        "right": _("Choose the right that the restriction rests on."),
        "ground_reference": _("Name the law or the term that the restriction rests on."),
        "ground_explanation": _("Say why the listing breaks that law or term."),
    }

    def choice(self) -> Choice:
        """Give what was chosen. What belongs to a restriction only is left out of a dismissal."""
        given = self.cleaned_data
        kind = DecisionKind(given["kind"])
        if kind == DecisionKind.NONE:
            reason = DismissReason(given["reason"] or DismissReason.OTHER)
            return Choice(kind=kind, facts=given["facts"], request_key=given["request_key"], reason=reason)
        corrects = kind == DecisionKind.CORRECT
        measure = DecisionKind(given["measure"]) if corrects and given["measure"] else None
        return Choice(
            kind=kind,
            facts=given["facts"],
            request_key=given["request_key"],
            right=self.evidence.rights.get(given["right"]),
            ground=Ground(given["ground"] or Ground.LAW),
            ground_reference=given["ground_reference"],
            ground_explanation=given["ground_explanation"],
            territories=tuple(given["territories"]) if DecisionKind.DISABLE in (kind, measure) else (),
            ends_at=None if corrects else end_of(given["ends_on"]),
            correct_by=end_of(given["correct_on"]) if corrects else None,
            measure=measure,
            at_once=corrects and given["at_once"],
            pictures=tuple(given["pictures"]) if kind == DecisionKind.PICTURES else (),
        )

    def named(self, pictures: Iterable[str]) -> tuple[str, ...]:
        """Give what was chosen of the pictures as the listing names it."""
        return tuple(pictures)

    def seen(self) -> Seen:
        """Give what was before the reviewer when the page was drawn."""
        given = self.cleaned_data
        refs = frozenset(given["seen_notices"].split())
        return Seen(listing_digest=given["seen_digest"], assessment_id=given["seen_assessment"], notice_refs=refs)


class PhotoForm(DecisionForm):
    """What to do about each of many that show the same photo: it is taken off by what it is, not by its name."""

    def __init__(self, evidence: Evidence, data: Any = None, **kwargs: Any) -> None:
        super().__init__(evidence, data, **kwargs)
        said = dict(self.fields["pictures"].choices)  # type: ignore[attr-defined]
        self.shown = {image.blob_id: image.name for image in evidence.images if image.blob_id and image.name in said}
        self.fields["pictures"].choices = [(key, said[name]) for key, name in self.shown.items()]  # type: ignore[attr-defined]

    def named(self, pictures: Iterable[str]) -> tuple[str, ...]:
        """Name them as this one listing does."""
        return tuple(self.shown[one] for one in pictures if one in self.shown)


class ManyForm(DecisionForm):
    """What to do about each of many listings: what is about the pictures of one alone is not among it."""

    def __init__(self, evidence: Evidence, data: Any = None, **kwargs: Any) -> None:
        super().__init__(evidence, data, **kwargs)
        kinds = self.fields["kind"]
        kinds.choices = [kind for kind in kinds.choices if kind[0] != DecisionKind.PICTURES]  # type: ignore[attr-defined]
        self.fields["pictures"] = forms.MultipleChoiceField(required=False, widget=forms.MultipleHiddenInput)


def _pictures_of(evidence: Evidence) -> list[tuple[str, str]]:
    """Give what the listing shows, by its address: what is objected to says so."""
    reported = {key_of(notice.picture) for notice in evidence.notices if notice.picture}
    names = [image.name for image in evidence.images]
    names += [video.name for video in evidence.listing.videos.all()]
    said = (
        (name, _("{number}: {name}").format(number=place, name=name.rpartition("/")[2][-40:] or name))
        for place, name in enumerate(names, 1)
    )
    return [
        (name, _("{what} (reported)").format(what=text) if key_of(name) in reported else text) for name, text in said
    ]


def end_of(day: date | None) -> datetime | None:
    """Give the last minute of a day, as statements name it; None for no day."""
    return datetime.combine(day, time(23, 59), tzinfo=UTC) if day else None


class AnswerForm(forms.Form):
    """What a reviewer makes of one notice, and what its holder is told."""

    outcome = forms.ChoiceField(
        label=_("Notice"),
        choices=[(UPHOLD, _("Uphold")), (REFUSE, _("Refuse"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether the notice is upheld or refused.")},
    )
    reasons = ProvenWords(
        label=_("Reasons to the holder"),
        widget=area(2, **{"data-key": "a"}),
        error_messages={"required": _("Tell the holder why.")},
    )

    def __init__(self, ref: str, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, prefix=f"answer-{ref}", use_required_attribute=False, **kwargs)
        self.ref = ref

    def answer(self) -> NoticeAnswer:
        """Give the answer."""
        return NoticeAnswer(upheld=self.cleaned_data["outcome"] == UPHOLD, reasons=self.cleaned_data["reasons"])


class AppealForm(forms.Form):
    """The answer to an appeal: which way, and why. The seller reads it."""

    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[
            ("uphold", _("The decision stands")),
            ("reverse", _("Reverse it: the listing goes back on sale")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the decision stands or is reversed.")},
    )
    text = ProvenWords(
        label=_("Reasons to the seller"),
        help_text=_("Answer what the appeal says. The seller reads this word for word."),
        widget=area(6, **{"data-key": "f"}),
        error_messages={"required": _("Say why: the seller reads this answer.")},
    )
    #: The single key of each outcome.
    KEYS: Mapping[str, str] = {"uphold": "s", "reverse": "r", "reverse_partly": "p"}

    def outcomes(self) -> list[tuple[Any, str]]:
        """Give the outcomes that can be chosen, each with its key."""
        return [(radio, self.KEYS[radio.data["value"]]) for radio in self["outcome"]]


def first_seen(evidence: Evidence, place: str) -> dict[str, Any]:
    """Give the hidden values of a form on what is read now."""
    return {
        "request_key": new_key(),
        "seen_digest": evidence.listing.digest,
        "seen_assessment": evidence.open_assessment,
        "seen_notices": " ".join(notice.ref for notice in evidence.notices),
        "place": place,
    }


def new_key() -> UUID:
    """Name a form, so that its second sending is known for what it is."""
    return uuid4()
