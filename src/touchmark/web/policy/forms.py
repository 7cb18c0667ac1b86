"""Forms of those who write rules. What a rule must be is the engine's to say; here is where each part is typed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from touchmark.apps.catalog import access as catalog
from touchmark.engine.screening.rules.reading import GROUNDS, KINDS, rule_of
from touchmark.engine.screening.rules.rule import Brake, Conditions, Effect, Measure, Rule, RulesRefused
from touchmark.engine.screening.rules.writing import rule_written
from touchmark.engine.terms import Way
from touchmark.web.desk.forms import ProvenWords
from touchmark.web.policy.words import EFFECTS, MEASURES
from touchmark.web.ui.forms import Form
from touchmark.web.ui.words import WAYS

if TYPE_CHECKING:
    from touchmark.apps.rules.models import RuleVersion

#: A file of rules is small; what is larger is none.
LARGEST_FILE = 1_000_000
_LINES = _("one in each line")


class Several(forms.CharField):
    """Several words, one in each line."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def clean(self, value: Any) -> tuple[str, ...]:
        """Give them in their order, each once."""
        typed: str = super().clean(value)
        return tuple(dict.fromkeys(line.strip() for line in typed.splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        """Write them as they are typed."""
        return "\n".join(value) if isinstance(value, tuple | list) else value


class Share(forms.FloatField):
    """A number from 0 to 1."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.NumberInput(attrs={"class": "short", "step": "any"})
        super().__init__(min_value=0, max_value=1, required=False, widget=widget, **kwargs)


class ConditionsForm(Form):
    """Conditions on a listing and on the uses of rights in it; blank asks for nothing."""

    way = forms.MultipleChoiceField(
        label=_("Way of use"),
        choices=[(way.value, WAYS[way]) for way in Way],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("A use in any of these ways."),
    )
    risk_from = Share(label=_("Risk from"), help_text=_("From this risk up, as 0.9."))
    risk_below = Share(label=_("Risk below"), help_text=_("Below this risk, as 0.5."))
    category = Several(label=_("Category"), help_text=_("One in each line; Shoes* stands for all that begin so."))
    marketplace = forms.MultipleChoiceField(label=_("Marketplace"), required=False, widget=forms.CheckboxSelectMultiple)
    standing = Several(label=_("Seller's standing"), help_text=_("The marketplace's own words, one in each line."))
    offered_in = Several(
        label=_("Offered in"), help_text=_("Territories, as DE, one in each line; EU is each of its members.")
    )
    right = Several(label=_("Right"), help_text=_("The ids of rights, one in each line."))
    confidence_from = Share(label=_("Use as sure as"), help_text=_("How sure it is at least that the right is used."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [(found.slug, found.name) for found in catalog.marketplaces()]
        self.fields["marketplace"].choices = places  # type: ignore[attr-defined]

    def conditions(self) -> Conditions:
        """Give what was asked."""
        given = self.cleaned_data
        offered = tuple(place.upper() for place in given["offered_in"])
        ways = tuple(Way(way) for way in given["way"])
        listed = {name: given[name] for name in ("right", "category", "standing")}
        shares = {name: given[name] for name in ("risk_from", "risk_below", "confidence_from")}
        return Conditions(way=ways, marketplace=tuple(given["marketplace"]), offered_in=offered, **listed, **shares)


class RuleForm(Form):
    """What a rule is called, what it is for, what follows, and what an acting one says and when it is stopped."""

    id = forms.SlugField(
        label=_("Name"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens, as disguised-shoes. It stays the same over all versions."),
    )
    description = forms.CharField(
        label=_("What it is for"), widget=forms.Textarea(attrs={"rows": 2}), help_text=_("One sentence.")
    )
    then = forms.ChoiceField(label=_("What follows"), choices=list(EFFECTS.items()), widget=forms.RadioSelect)
    kind = forms.ChoiceField(
        label=_("What it does"),
        choices=[(kind, MEASURES[kind]) for kind in KINDS],
        required=False,
        widget=forms.RadioSelect,
    )
    territories = Several(label=_("In these territories"), help_text=_("As DE, one in each line."))
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=list(zip(GROUNDS, (_("the law"), _("the marketplace's terms")), strict=True)),
        required=False,
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Law or term"), required=False, max_length=500)
    explanation = ProvenWords(label=_("Why it applies"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    per_hour = forms.IntegerField(label=_("Decisions in an hour"), required=False, min_value=1, max_value=1_000_000)
    per_day = forms.IntegerField(label=_("Decisions in a day"), required=False, min_value=1, max_value=1_000_000)
    reversed_share = Share(label=_("Share put back on appeal"), help_text=_("Of the last thirty days, as 0.05."))
    reason = forms.CharField(
        label=_("Why you write this version"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What you have seen. It is kept with the version."),
    )

    def __init__(self, *args: Any, fixed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if fixed:
            self.fields["id"].disabled = True
            self.fields["id"].initial = fixed

    def clean_id(self) -> str:
        """Names stand in addresses."""
        name: str = self.cleaned_data["id"]
        if not re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?", name):
            raise forms.ValidationError(_("Use small letters, digits and hyphens, with none of these at either end."))
        return name

    def clean(self) -> dict[str, Any]:
        """Ask of a rule that acts what the seller is told."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("then") != Effect.ACT:
            return given
        for name, text in self.NEEDED.items():
            if not given.get(name) and name not in self.errors:
                self.add_error(name, text)
        if given.get("kind") == "disable" and not given.get("territories"):
            self.add_error("territories", _("Name the territories in which the listing is disabled."))
        return given

    NEEDED = {
        "kind": _("Choose what a rule that acts does."),
        "ground": _("Choose on what ground it acts."),
        "reference": _("Name the law or the term: the seller is told."),
        "explanation": _("Say why it applies: the seller reads this word for word."),
    }

    def rule(self, when: Conditions, unless: Conditions) -> Rule:
        """
        Give the rule that was written.

        :raises RulesRefused: if the engine would not read it
        """
        if not when:
            raise RulesRefused(_("As it stands it would hold for every listing. Fill in at least one condition."))
        given = self.cleaned_data
        brake = {name: given[name] for name in ("per_hour", "per_day", "reversed_share") if given[name] is not None}
        rule = Rule(
            id=given["id"],
            then=Effect(given["then"]),
            description=given["description"],
            when=when,
            unless=unless,
            brake=Brake(**brake),
            measure=self._measure() if given["then"] == Effect.ACT else None,
        )
        try:
            return rule_of(rule_written(rule))
        except RulesRefused as refusal:  # which line of a file it would be helps nobody here
            raise RulesRefused(str(refusal).partition(": ")[2]) from refusal

    def _measure(self) -> Measure:
        given = self.cleaned_data
        territories = tuple(place.upper() for place in given["territories"]) if given["kind"] == "disable" else ()
        return Measure(given["kind"], given["ground"], given["reference"], given["explanation"], territories)


def initial_of(version: RuleVersion) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Give what the forms begin with to write a version's next: the rule, its conditions, its exceptions."""
    rule = version.rule
    said: dict[str, Any] = {"id": rule.id, "description": rule.description, "then": rule.then}
    said |= {name: getattr(rule.brake, name) for name in ("per_hour", "per_day", "reversed_share")}
    if rule.measure:
        said |= {name: getattr(rule.measure, name) for name in ("kind", "ground", "reference", "explanation")}
        said["territories"] = rule.measure.territories
    return said, _typed(rule.when), _typed(rule.unless)


def _typed(of: Conditions) -> dict[str, Any]:
    return {name: getattr(of, name) for name in ConditionsForm.base_fields}


class FileForm(Form):
    """A file of rules to take in, and why."""

    file = forms.FileField(
        label=_("File of rules"), help_text=_("The file that touchmark screen --rules takes. Its thresholds are left.")
    )
    reason = forms.CharField(
        label=_("Why you take it in"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Counts for rules that do not say why they were written."),
    )

    def clean_file(self) -> str:
        """Give the text of the file."""
        sent = self.cleaned_data["file"]
        if sent.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too large to be one of rules: at most a megabyte is read."))
        try:
            text: str = sent.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError(_("This file is no text in UTF-8. Save it as one.")) from None
        return text


class WhyForm(Form):
    """Why something is done: the others read it."""

    why = forms.CharField(label=_("Why"), widget=forms.Textarea(attrs={"rows": 3}))


class TypedForm(Form):
    """The number of listings that a wide rule holds for, typed to show that it was read."""

    expects = forms.IntegerField(label=_("Number of listings"), required=False, min_value=0)
