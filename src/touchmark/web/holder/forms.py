"""The questions of a notice, one form each."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy

from touchmark.web.elements import danger_field, field_of
from touchmark.web.holder.words import SHARED_WORDS, WHAT_TO_SAY
from touchmark.web.media.evidence import file_field
from touchmark.web.ui.forms import Form

if TYPE_CHECKING:
    from touchmark.apps.notices.models import Notice
    from touchmark.engine.policy.rules import Element

#: More than 300 addresses, each as long as an address may be.
LONGEST_LIST = 650_000


class RightForm(Form):
    """Under which right, and with whose words to begin."""

    right = forms.ChoiceField(
        label=gettext_lazy("Your rights"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the right that the listings infringe.")},
    )
    template = forms.ChoiceField(label=gettext_lazy("Begin with a template"), required=False)

    def __init__(
        self,
        *args: object,
        rights: Iterable[tuple[str, str]],
        templates: Iterable[tuple[int, str]] = (),
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["right"].choices = list(rights)  # type: ignore[attr-defined]
        if named := list(templates):
            self.fields["template"].choices = [("", gettext_lazy("None")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["template"]


class ListingsForm(Form):
    """Which listings: pasted, or in a file."""

    pasted = forms.CharField(
        label=gettext_lazy("Addresses or numbers, one in a line"),
        help_text=gettext_lazy(
            "Copy each address out of your browser, such as https://shop.example/item/1005006. A listing's number will "
            "do, or a marketplace and a number, such as bazaar:1005006. The address of one of its pictures or videos "
            "objects to that; the front of a shop is named by its address, or as bazaar:shop:77 by the seller’s number."
        ),
        max_length=LONGEST_LIST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": gettext_lazy("That is longer than any list of listings. Paste the addresses.")},
    )
    file = forms.FileField(
        label=gettext_lazy("Or a spreadsheet"),
        help_text=gettext_lazy(
            "XLSX, or CSV in UTF-8, with a column “url”, or “listing_id” and “marketplace”. You get back the rows that "
            "cannot be used."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt"}),
    )


class ReasonForm(Form):
    """Why."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Choose what fits best"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what is wrong with the listings.")},
    )

    def __init__(self, *args: object, reasons: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(reasons)  # type: ignore[attr-defined]


class WordsForm(Form):
    """What the holder says, what the laws ask for besides, and what of its contact the seller may see."""

    statement = forms.CharField(
        label=gettext_lazy("In your words"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 10, "dir": "auto"}),
        error_messages={
            "required": gettext_lazy("Say why the listings infringe your right, so that a reviewer can follow it."),
            "max_length": gettext_lazy("That is longer than %(limit_value)d characters. Keep to what matters most."),
        },
    )
    shared = forms.MultipleChoiceField(
        label=gettext_lazy("What may the seller see of you?"),
        help_text=gettext_lazy(
            "Nothing, unless you tick it. A law that gives the seller a right to know, such as after a counter-notice, "
            "is kept all the same."
        ),
        choices=list(SHARED_WORDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    danger = danger_field()

    def __init__(
        self,
        *args: Any,
        draft: "Notice",
        asks: Iterable["Element"],
        said: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        begun = {**draft.particulars, "statement": draft.statement, "shared": draft.shared, **(said or {})}
        super().__init__(*args, initial=begun, **kwargs)
        self.fields["statement"].help_text = str(WHAT_TO_SAY[draft.reason])
        besides = [element for element in asks if not element.says]
        self.besides = [element.name for element in besides]
        for element in besides:
            self.fields[element.name] = field_of(element, required=False)
        self.order_fields(["statement", *self.besides, "danger", "shared"])


class FileForm(Form):
    """A file, and what it shows."""

    kind = forms.ChoiceField(label=gettext_lazy("What the file shows"), required=False)
    file = file_field(
        gettext_lazy("Photo, scan or PDF"),
        required=True,
        help_text=gettext_lazy("JPEG, PNG, WebP, AVIF or PDF, such as a screenshot. Reviewers see it."),
    )

    def __init__(self, *args: object, kinds: Iterable[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = list(kinds)  # type: ignore[attr-defined]

    def clean_kind(self) -> str:
        """A form that says nothing means anything that shows it."""
        return str(self.cleaned_data["kind"] or "evidence")


class DeclarationForm(Form):
    """What is declared: that the notice is accurate, and the laws' own statements in their own words."""

    good_faith = forms.BooleanField(
        label=gettext_lazy("I believe in good faith that what I say here is accurate and complete."),
        help_text=gettext_lazy("We ask because a wrong notice takes somebody's goods off sale."),
        error_messages={"required": gettext_lazy("Confirm that what you say is accurate and complete.")},
    )

    def __init__(self, *args: object, declared: Iterable["Element"], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for element in declared:
            self.fields[element.name] = field_of(element, required=False)


class TemplateForm(Form):
    """Under which name a draft's words are kept."""

    name = forms.CharField(label=gettext_lazy("Name of the template"), max_length=100)
