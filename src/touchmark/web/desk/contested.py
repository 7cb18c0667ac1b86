"""The answer to a notifier's appeal against a refusal: which way, why, and on what ground the listing is restricted."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchmark.apps.decisions.actions import Choice
from touchmark.apps.decisions.kinds import DecisionKind, Ground
from touchmark.web.desk.forms import GROUNDS, AppealForm, ProvenWords, area, new_key

if TYPE_CHECKING:
    from touchmark.apps.appeals.models import Appeal


class RefusalForm(AppealForm):
    """The answer to an appeal against a refusal; its ground is asked for where the notice is upheld after all."""

    kind = forms.ChoiceField(
        label=_("What to do, if the notice is upheld"),
        required=False,
        choices=[(DecisionKind.REMOVE, _("Take it off sale")), (DecisionKind.HIDE, _("Hide it from search"))],
    )
    ground = forms.ChoiceField(label=_("It rests on"), required=False, choices=GROUNDS)
    ground_reference = forms.CharField(label=_("Which law or term"), required=False, max_length=500)
    ground_explanation = ProvenWords(label=_("Why it is broken"), required=False, widget=area(3), max_length=5_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [  # type: ignore[attr-defined]
            ("uphold", _("The refusal stands")),
            ("reverse", _("Uphold the notice: restrict the listing")),
        ]
        self.fields["text"].label = _("Reasons")
        self.fields["text"].help_text = _("The notifier reads this; if the notice is upheld, so does the seller.")

    def choice_for(self, appeal: "Appeal") -> Choice:
        """Give what is decided if the notice is upheld."""
        given = self.cleaned_data
        return Choice(
            kind=DecisionKind(given["kind"] or DecisionKind.REMOVE),
            facts=given["text"],
            request_key=new_key(),
            right=appeal.item.right if appeal.item else None,
            ground=Ground(given["ground"]) if given["ground"] else None,
            ground_reference=given["ground_reference"],
            ground_explanation=given["ground_explanation"],
        )


class NarrowForm(AppealForm):
    """The answer to an appeal against a restriction that can be narrowed: reversed in part, something less remains."""

    kind = forms.ChoiceField(
        label=_("What remains, if it is reversed in part"),
        required=False,
        choices=[(DecisionKind.HIDE, _("Hide it from search")), (DecisionKind.DISABLE, _("Only in these countries"))],
    )
    territories = forms.CharField(
        label=_("Countries in which it stays disabled"), required=False, help_text=_("Codes of two letters: DE FR")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        whole = self.fields["outcome"].choices  # type: ignore[attr-defined]
        partly = ("reverse_partly", _("Reverse it in part: a lesser restriction remains"))
        self.fields["outcome"].choices = [*whole, partly]  # type: ignore[attr-defined]

    def choice_for(self, appeal: "Appeal") -> Choice:
        """Give what remains: on the same right and ground, for the reason of the answer."""
        given, decision = self.cleaned_data, appeal.decision
        kind = DecisionKind(given["kind"] or DecisionKind.HIDE)
        named = given["territories"].upper().replace(",", " ").split()
        return Choice(
            kind=kind,
            facts=given["text"],
            request_key=new_key(),
            right=decision.right,
            ground=Ground(decision.ground) if decision.ground else None,
            ground_reference=decision.ground_reference,
            ground_explanation=decision.ground_explanation,
            territories=tuple(named) if kind == DecisionKind.DISABLE else (),
            order=decision.order,
        )


def form_of(appeal: "Appeal", data: Any = None) -> AppealForm:
    """Give the form by which an appeal is answered."""
    if appeal.item is not None:
        return RefusalForm(data, use_required_attribute=False)
    kind, listing = appeal.decision.kind, appeal.decision.listing_id
    form = NarrowForm if listing and kind in (DecisionKind.REMOVE, DecisionKind.DISABLE) else AppealForm
    return form(data, use_required_attribute=False)
