"""What is recorded of what was told: forms of duties and of suspicions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from touchmark.apps.safety.kinds import EUROPOL, Basis
from touchmark.apps.safety.told import Told, ToldPolice
from touchmark.engine.territories import single
from touchmark.web.ui.forms import Form

MINUTES = "%Y-%m-%dT%H:%M"


def _moment() -> forms.DateTimeField:
    return forms.DateTimeField(
        label=gettext_lazy("When they were told"),
        help_text=gettext_lazy("In your own time zone."),
        input_formats=[MINUTES, "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MINUTES),
    )


def _reference(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("Their reference"),
        help_text=help_text,
        max_length=200,
        required=False,
        error_messages={"required": gettext_lazy("Write the number under which they keep it.")},
    )


class ToldForm(Form):
    """What was told for a duty."""

    text = forms.CharField(
        label=gettext_lazy("What was told"),
        help_text=gettext_lazy("Which goods, what is wrong with them, how many were sold, what was done about them."),
        max_length=10_000,
        error_messages={
            "required": gettext_lazy("Write what was told: which goods, what is wrong with them, what was done.")
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    where = forms.CharField(
        label=gettext_lazy("To whom, or where"),
        help_text=gettext_lazy("Such as the Safety Business Gateway, or a notice to all buyers by e-mail."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write where or to whom, such as the Safety Business Gateway.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    told_at = _moment()
    reference = _reference(gettext_lazy("The number under which they keep it. Authorities always give one."))

    def __init__(self, *args: Any, numbered: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].required = numbered

    def told(self) -> Told:
        """Give what was said."""
        said = self.cleaned_data
        return Told(said["text"], said["where"], said["told_at"], said["reference"])


class PoliceForm(Form):
    """What the police was told of a suspicion."""

    basis = forms.ChoiceField(label=gettext_lazy("Why they"), choices=Basis.choices, widget=forms.RadioSelect)
    country = forms.ChoiceField(label=gettext_lazy("Of which country"))
    authority = forms.CharField(
        label=gettext_lazy("Which authority"),
        help_text=gettext_lazy("As it calls itself, such as Bundeskriminalamt."),
        max_length=300,
        error_messages={"required": gettext_lazy("Write which authority was told.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    given = forms.CharField(
        label=gettext_lazy("What they were given"),
        help_text=gettext_lazy("All that is at hand: the listing and when it was published, the seller, the reasons."),
        max_length=10_000,
        error_messages={
            "required": gettext_lazy("Write what it was given: which listing, which documents, which data.")
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    told_at = _moment()
    reference = _reference(gettext_lazy("If they gave one."))

    def __init__(self, *args: Any, at: datetime, proposed: Sequence[tuple[str, Basis]] = (), **kwargs: Any) -> None:
        country, basis = proposed[0] if proposed else ("", "")
        super().__init__(*args, initial={"country": country, "basis": basis, "told_at": local(at)}, **kwargs)
        members = [(code, code) for code in sorted(single(["EU"], at.date()))]
        offered = [("", gettext_lazy("Choose")), *members, (EUROPOL, gettext_lazy("Europol"))]
        self.fields["country"].choices = offered  # type: ignore[attr-defined]

    def told(self) -> ToldPolice:
        """Give what was said."""
        said = self.cleaned_data
        return ToldPolice(
            country=said["country"],
            authority=said["authority"],
            basis=Basis(said["basis"]),
            given=said["given"],
            told_at=said["told_at"],
            reference=said["reference"],
        )


class WhyForm(Form):
    """Why a duty is not owed, or a suspicion dropped."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=5_000,
        error_messages={"required": gettext_lazy("Write why: it stays on record.")},
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class ReasonsForm(Form):
    """What gives rise to a suspicion."""

    reasons = forms.CharField(
        label=gettext_lazy("What gives rise to the suspicion"),
        help_text=gettext_lazy("What you saw, where, who may be in danger. The police may be given these words."),
        max_length=10_000,
        error_messages={
            "required": gettext_lazy(
                "Write what gives rise to the suspicion: what you saw, where, and who is in danger."
            )
        },
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )


def local(at: datetime) -> datetime:
    """Give a moment as it is filled in: in the reader's time zone, to the minute."""
    return timezone.localtime(at).replace(second=0, microsecond=0)
