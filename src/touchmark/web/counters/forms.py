"""What is asked on the pages of answers to notices."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.counters.content import BESIDE
from touchmark.apps.counters.kinds import OF_SELLERS, FileKind, SuitKind
from touchmark.engine.policy.reasons import grounds, grounds_for
from touchmark.engine.terms import RightKind
from touchmark.web.elements import field_of
from touchmark.web.media.evidence import file_field
from touchmark.web.ui.forms import Form, name_what_is_missing

if TYPE_CHECKING:
    from touchmark.engine.policy.rules import Element

FILES = (1, 2, 3)


class AnswerForm(Form):
    """An answer to a notice: the ground and the words, what shows it, and what the law asks for besides."""

    ground = forms.ChoiceField(label=gettext_lazy("Why is the notice wrong?"), widget=forms.RadioSelect)
    explanation = forms.CharField(
        label=gettext_lazy("In your words"),
        help_text=gettext_lazy("For example: “I bought these bags from the brand's own outlet; see the invoice.”"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args: Any, kind: RightKind, asked: Iterable["Element"], kept: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        elements = list(asked)
        wanted = {element.name for element in elements}
        self.elements = [element for element in elements if element.name not in BESIDE]
        self.kept = kept  # so many files came before and are kept
        self.fields["ground"].choices = [(found.code, _(found.says)) for found in grounds_for(kind)]  # type: ignore[attr-defined]
        for name in ("ground", "explanation"):
            self.fields[name].required = name in wanted
        for number in FILES:
            self._add_file(number)
        if "identity" in wanted:
            self.fields["identity"] = file_field(
                _("Proof of who you are"), help_text=_("The platform alone sees it; the holder does not.")
            )
        for element in self.elements:
            self.fields[element.name] = field_of(element)
        self.wants_identity = "identity" in wanted
        self.wants_evidence = "evidence" in wanted
        name_what_is_missing(self)

    def _add_file(self, number: int) -> None:
        hint = _("JPEG, PNG, WebP, AVIF or PDF. Prices may be made unreadable.") if number == 1 else ""
        self.fields[f"kind_{number}"] = forms.ChoiceField(
            label=_("What the file shows"),
            required=False,
            choices=[("", "—"), *((kind, kind.label) for kind in OF_SELLERS if kind != FileKind.IDENTITY)],
        )
        self.fields[f"file_{number}"] = file_field(_("Photo, scan or PDF"), help_text=hint)

    def clean(self) -> dict[str, Any]:
        """Say of a file without a kind, and of a ground without what shows it, that they lack it."""
        given = super().clean() or {}
        for number in FILES:
            if given.get(f"file_{number}") and not given.get(f"kind_{number}"):
                self.add_error(f"kind_{number}", _("Say what the file shows."))
        return given

    def require_shown(self, kinds: Iterable[str]) -> None:
        """Add an error where the ground, or the law, asks for a file that is not there."""
        found, ground = set(kinds), grounds().get(self.cleaned_data.get("ground", ""))
        if self.wants_evidence and ground and not ground.shown_by(found):
            names = ", ".join(str(FileKind(kind).label) for kind in ground.evidence)
            self.add_error("file_1", _("This ground is shown by one of these: %(names)s.") % {"names": names})
        if self.wants_identity and "identity" not in found:
            self.add_error("identity", _("Add a copy of the business registration, or of an identity document."))


class ReplyForm(Form):
    """What a holder says to an answer."""

    said = forms.ChoiceField(
        label=gettext_lazy("What do you say to the answer?"),
        widget=forms.RadioSelect,
        choices=[
            ("accept", gettext_lazy("I accept it: the listing returns now")),
            ("object", gettext_lazy("I object")),
        ],
    )
    text = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class SuitForm(Form):
    """A suit, or a complaint to an authority."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What was brought?"),
        widget=forms.RadioSelect,
        choices=[
            (SuitKind.SUIT, gettext_lazy("A suit before a court")),
            (SuitKind.COMPLAINT, gettext_lazy("A complaint to an authority")),
        ],
    )
    body = forms.CharField(label=gettext_lazy("The court or the authority"), max_length=300)
    number = forms.CharField(label=gettext_lazy("Its number there"), max_length=120)
    filed_on = forms.DateField(
        label=gettext_lazy("Filed on"), widget=forms.DateInput(attrs={"type": "date", "class": "short"})
    )
    file_1 = file_field(
        gettext_lazy("The document itself"),
        help_text=gettext_lazy("The stamped claim, or the authority's receipt: a photo, a scan or a PDF."),
    )

    def ask_for_suits_alone(self) -> None:
        """Offer nothing else where the law counts nothing else."""
        self.fields["kind"].widget = forms.HiddenInput()
        self.initial["kind"] = SuitKind.SUIT
        self.fields["body"].label = _("The court")
        self.fields["file_1"].help_text = _("The stamped claim: a photo, a scan or a PDF.")


class RulingForm(Form):
    """What a court has ruled since the listing was put back."""

    body = forms.CharField(label=gettext_lazy("The court or the authority"), max_length=300)
    number = forms.CharField(label=gettext_lazy("Its number there"), max_length=120)
    ruled_on = forms.DateField(
        label=gettext_lazy("Ruled on"), widget=forms.DateInput(attrs={"type": "date", "class": "short"})
    )
    file_1 = file_field(gettext_lazy("The ruling itself"), help_text=gettext_lazy("A photo, a scan or a PDF."))


class DelayForm(Form):
    """A delay that the holder cannot control."""

    text = forms.CharField(
        label=gettext_lazy("What delays you"),
        help_text=gettext_lazy("Which notarisation or certification you wait for, and since when."),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    file_1 = file_field(
        gettext_lazy("Proof of the delay"), help_text=gettext_lazy("The notary's or the consulate's receipt.")
    )


class ToldForm(Form):
    """How a suit stands."""

    text = forms.CharField(
        label=gettext_lazy("How it stands"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )


class RetractForm(Form):
    """Why a notice is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why do you take it back?"),
        help_text=gettext_lazy("The seller reads it."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
