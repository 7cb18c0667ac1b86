"""The form of a work that no office registered: what it is, who made it and when, what bears that out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from touchmark.apps.registry.content import CLAIM, RightContent
from touchmark.engine.terms import OfficeStatus, RightKind
from touchmark.web.holder.picture_form import Kept, PictureForm


class WorkForm(PictureForm):
    """What a holder claims of a work. ``content`` gives it as the register keeps it."""

    text = forms.CharField(
        label=gettext_lazy("What is the work called?"),
        help_text=gettext_lazy("A title, or a few words: “Heron mug, a drawing”, “Product photos of spring 2025”."),
        max_length=1_000,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    owner = forms.CharField(
        label=gettext_lazy("Who owns the rights in it?"),
        help_text=gettext_lazy("You or your company."),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    maker = forms.CharField(
        label=gettext_lazy("Who made it?"),
        help_text=gettext_lazy(
            "The person. If it was made for you, say in the last answer how the rights came to you."
        ),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    made = forms.CharField(
        label=gettext_lazy("When was it made?"),
        help_text=gettext_lazy("As exactly as you know: 2019, or March 2025."),
        max_length=100,
        widget=forms.TextInput(attrs={"class": "short"}),
    )
    first_shown = forms.CharField(
        label=gettext_lazy("Where did you first show it?"),
        help_text=gettext_lazy("An address, a fair, a book; blank if nowhere yet."),
        max_length=1_000,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    shown_by = forms.CharField(
        label=gettext_lazy("What shows that it is yours?"),
        help_text=gettext_lazy(
            "Such as the original file with its date, sketches, an invoice of the photographer, your shop page of that "
            "time. You can add files to a notice."
        ),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    declared = forms.BooleanField(
        label=gettext_lazy("I declare that the work is original, and that the rights in it are mine or my company’s."),
        help_text=gettext_lazy("No office has examined it, so your word stands for it. A false one has consequences."),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for a picture: a work that nobody can look at cannot be compared."""
        said = super().clean() or self.cleaned_data
        if not (self.upload or self.kept_picture.sha256 or "picture" in self.errors):
            self.add_error(
                "picture", _("Add a picture of the work: that is what reviewers compare. Of a text, its first page.")
            )
        return said

    def content(self, picture: Kept) -> RightContent:
        """Give what was said, with its picture."""
        said = self.cleaned_data
        return RightContent(
            kind=RightKind.COPYRIGHT,
            text=said["text"].strip(),
            owner=said["owner"].strip(),
            office_status=OfficeStatus.REGISTERED,
            image=picture.sha256 or None,
            image_name=picture.name,
            claimed={name: said[name].strip() for name in CLAIM if said[name].strip()},
            extra=self.standing.extra if self.standing else {},
        )


def work_answers_of(content: RightContent) -> Mapping[str, str]:
    """Give what is claimed of a work now as the form's first answers."""
    return {"text": content.text, "owner": content.owner, **content.claimed}
