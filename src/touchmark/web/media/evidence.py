"""Files of a form that prove something: taken in whatever they are, or refused beside their field with what to do."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from touchmark.apps.blobs import evidence
from touchmark.apps.blobs.evidence import Taken, UnusableFile
from touchmark.web import clock

#: What a browser offers to choose from.
ACCEPT = ".jpg,.jpeg,.png,.webp,.avif,.pdf"


def file_field(label: Any, *, required: bool = False, **more: Any) -> forms.FileField:
    """Give a field for a photo, a scan or a PDF."""
    return forms.FileField(label=label, required=required, widget=forms.FileInput(attrs={"accept": ACCEPT}), **more)


def taken_from(form: forms.Form, names: Iterable[str]) -> list[Taken]:
    """Take in the files that were sent under these names, and say of the others why not."""
    found = []
    for name in names:
        if (sent := form.files.get(name)) is None:
            continue
        try:
            found.append(evidence.take_in(sent.read(), at=clock.now()))
        except UnusableFile as refusal:
            form.add_error(name, _(refusal.sentence))
    return found
