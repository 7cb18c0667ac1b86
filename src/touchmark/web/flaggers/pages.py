"""The list of trusted flaggers with the form of a new one; one of them, with its numbers and what can be done."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.accounts import queries as accounts
from touchmark.apps.audit import queries as audit
from touchmark.apps.flaggers import access, actions
from touchmark.apps.flaggers.actions import Award
from touchmark.engine.errors import TouchmarkError
from touchmark.engine.lifecycle.flagger import FLAGGER, FlaggerStatus
from touchmark.engine.terms import RightKind, Role
from touchmark.flows import report_flagger
from touchmark.web import clock
from touchmark.web.guard import PersonRequest, roles
from touchmark.web.ui.forms import Form
from touchmark.web.ui.words import RIGHT_KINDS

if TYPE_CHECKING:
    from touchmark.apps.accounts.models import Organisation
    from touchmark.apps.flaggers.models import Flagger

BADGES: Mapping[str, tuple[str, Promise, str]] = {
    FlaggerStatus.ACTIVE: ("green", gettext_lazy("Trusted"), "settled"),
    FlaggerStatus.SUSPENDED: ("amber", gettext_lazy("Suspended"), "clock"),
    FlaggerStatus.REVOKED: ("", gettext_lazy("Revoked"), "cross"),
    FlaggerStatus.EXPIRED: ("", gettext_lazy("Run out"), "clock"),
}
#: What happened, as the timeline says it.
DONE: Mapping[str, Promise] = {
    "award": gettext_lazy("entered"),
    "suspend": gettext_lazy("suspended"),
    "reinstate": gettext_lazy("reinstated"),
    "revoke": gettext_lazy("revoked"),
    "expire": gettext_lazy("run out"),
    "reported": gettext_lazy("reported to the coordinator"),
}


#: So many organisations are offered at once; who sees more looks for more of the name.
OFFERED = 20


class AwardForm(Form):
    """What a coordinator's decision says; the organisation is looked for by words of its name, ``q``."""

    q = forms.CharField(
        label=gettext_lazy("Look for the organisation"),
        help_text=gettext_lazy("An association, an authority or a body that files notices here as a rights holder."),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto", "autocomplete": "off"}),
    )
    organisation = forms.ChoiceField(label=gettext_lazy("Organisation"), widget=forms.RadioSelect)
    coordinator = forms.CharField(
        label=gettext_lazy("Digital Services Coordinator"),
        help_text=gettext_lazy("That awarded it, such as Bundesnetzagentur or Arcom."),
        max_length=200,
    )
    country = forms.RegexField(
        label=gettext_lazy("Its country"),
        help_text=gettext_lazy("Two letters, such as CN or DE."),
        regex=r"^[A-Za-z]{2}$",
        error_messages={"invalid": gettext_lazy("Write the country as two letters, such as CN or DE.")},
        widget=forms.TextInput(attrs={"class": "short", "maxlength": 2}),
    )
    coordinator_email = forms.EmailField(
        label=gettext_lazy("Its e-mail address"),
        help_text=gettext_lazy("Where poor notices are reported, with the numbers."),
        max_length=254,
    )
    decision = forms.CharField(label=gettext_lazy("Number of its decision"), max_length=100)
    awarded_on = forms.DateField(
        label=gettext_lazy("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Blank: until it is revoked."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    expertise = forms.MultipleChoiceField(
        label=gettext_lazy("Field"),
        help_text=gettext_lazy("Only notices in it go first. Nothing ticked: all of intellectual property."),
        choices=[(kind.value, RIGHT_KINDS[kind]) for kind in RightKind],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = self.data if self.is_bound else self.initial
        self.words = str(said.get("q", "")).strip()[:200]
        found = list(accounts.holders_named(self.words)[: OFFERED + 1]) if self.words else []
        self.more = len(found) > OFFERED
        self.found = [*_chosen(str(said.get("organisation", "")), found[:OFFERED]), *found[:OFFERED]]
        self.fields["organisation"].choices = [(str(one.pk), _named(one)) for one in self.found]  # type: ignore[attr-defined]
        if len(self.found) == 1:
            self.initial["organisation"] = str(self.found[0].pk)

    def clean(self) -> dict[str, object]:
        """Hold that an organisation is chosen, and that it does not end before it begins."""
        said = super().clean() or self.cleaned_data
        if "organisation" in self.errors and not self.found:
            del self.errors["organisation"]  # there is nothing to choose from yet
            self.add_error("q", _("Look for the organisation by its name, and choose it."))
        if said.get("awarded_on") and said.get("ends_on") and said["ends_on"] < said["awarded_on"]:
            self.add_error("ends_on", _("It ends before it begins: check both days."))
        return said

    @property
    def award(self) -> Award:
        """What was said."""
        said = self.cleaned_data
        rest = {name: said[name] for name in ("coordinator", "coordinator_email", "decision", "awarded_on", "ends_on")}
        return Award(
            organisation=int(said["organisation"]),
            country=said["country"].upper(),
            expertise=tuple(said["expertise"]),
            **rest,
        )


def _chosen(key: str, among: Iterable["Organisation"]) -> list["Organisation"]:
    """Give the organisation that was chosen before, if it is not among those that are offered now."""
    if not (key.isascii() and key.isdigit() and len(key) < 19) or int(key) in {one.pk for one in among}:
        return []
    return list(accounts.holders_named("").filter(pk=int(key)))


def _named(one: "Organisation") -> str:
    """Give an organisation's name with what tells it from another of that name."""
    return " · ".join(filter(None, [one.name, one.country, f"{one.created_at:%Y-%m-%d}"]))


class WhyForm(Form):
    """What the coordinator decided, or what it is told."""

    text = forms.CharField(
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("The organisation reads it; a report is read by the coordinator."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@roles(Role.OPERATOR, Role.POLICY_OWNER)
def flaggers(request: PersonRequest) -> HttpResponse:
    """Show who is a trusted flagger; a POST looks for an organisation, or enters one."""
    looking = request.POST.get("do") == "find"
    kept = {**request.POST.dict(), "expertise": request.POST.getlist("expertise")}
    form = AwardForm(initial=kept) if looking else AwardForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.award(said=form.award, actor=request.actor, at=clock.now())
        except TouchmarkError as refusal:
            form.add_error("organisation", str(refusal))
        else:
            messages.success(request, _("Entered. Its notices in its field go first from now on."))
            return redirect("flagger", made.ref)
    rows = [(one, BADGES[one.status], _field(one)) for one in access.flaggers_for(request.actor)]
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    page = {"rows": rows, "form": form, "looking": looking}
    return render(request, "touchmark/flaggers/flaggers.html", page, status=status)


def _field(flagger: "Flagger") -> str:
    return ", ".join(str(RIGHT_KINDS[kind]) for kind in flagger.expertise) or _("all of intellectual property")


@roles(Role.OPERATOR, Role.POLICY_OWNER)
def flagger(request: PersonRequest, ref: str) -> HttpResponse:
    """Show one with its numbers; a POST does what its button says."""
    found = access.flagger_for(request.actor, ref)
    form = WhyForm(request.POST or None)
    if form.is_valid():
        try:
            _do(request, ref, form.cleaned_data["text"])
        except TouchmarkError as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, _("Done. Whom it concerns has a letter."))
            return redirect("flagger", ref)
    moves = {move.event for move in FLAGGER.moves_from(FlaggerStatus(found.status), roles=request.actor.roles)}
    page = {
        "flagger": found,
        "badge": BADGES[found.status],
        "field": _field(found),
        "numbers": report_flagger.numbers_of(found, at=clock.now()),
        "moves": moves,
        "form": form,
        "reports": found.reports.select_related("sent_by"),
        "done": [(event.at, DONE[event.kind]) for event in audit.events_of(f"flagger:{ref}")],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "touchmark/flaggers/flagger.html", page, status=status)


def _do(request: PersonRequest, ref: str, why: str) -> None:
    do = request.POST.get("do", "")
    if do == "report":
        report_flagger.report(ref=ref, text=why, actor=request.actor, at=clock.now())
    else:
        actions.change(ref=ref, event=do, why=why, actor=request.actor, at=clock.now())
