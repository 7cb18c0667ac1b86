"""A form with a picture of what is protected, which is kept from one try to the next."""

from typing import Any, NamedTuple

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy

from touchmark.apps.blobs import actions as blobs
from touchmark.apps.blobs.look import look
from touchmark.apps.registry.content import RightContent
from touchmark.engine.screening.image.header import MOST_BYTES
from touchmark.engine.screening.image.unreadable import UnreadableImage
from touchmark.web import clock
from touchmark.web.ui.forms import Form

_SALT = "touchmark.right.picture"
_KEPT_FOR = 24 * 60 * 60


class Kept(NamedTuple):
    """A picture that is in the store: its digest, and what its sender calls it."""

    sha256: str = ""
    name: str = ""


class PictureForm(Form):
    """What a right is like, in a picture. Of whoever fills it in alone."""

    picture = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy("The logo, the design or the work: JPEG, PNG, WebP, GIF, AVIF or a plain SVG."),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".jpg,.jpeg,.png,.webp,.gif,.avif,.svg"}),
    )
    picture_kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, person: int, kept: RightContent | None = None, too_large: bool = False, **kwargs: Any
    ) -> None:
        """
        Ask anew, or about what stands here already.

        :param person: the key of who fills it in: a picture that was kept from one try to the next is theirs alone
        :param kept: what the right says now
        :param too_large: whether a file was sent that was left out for its size
        """
        self.too_large = too_large
        self.person, self.standing = person, kept
        self.upload, self.upload_name = b"", ""
        super().__init__(*args, **kwargs)

    def clean_picture(self) -> UploadedFile | None:
        """Refuse what cannot be shown; who sends it is told why, and what to do."""
        sent: UploadedFile | None = self.cleaned_data["picture"]
        if self.too_large or (sent and (sent.size or 0) > MOST_BYTES):
            raise _said(UnreadableImage("too_large_file", limit=MOST_BYTES // 1_000_000))
        if sent is None:
            return None
        self.upload = sent.read()
        refusal = look(self.upload).refusal
        if refusal is not None:
            self.upload = b""
            raise _said(refusal)
        self.upload_name = sent.name or ""
        return sent

    @property
    def kept_picture(self) -> Kept:
        """The picture that stands: sent in an earlier try, or with the right already."""
        token = self.data.get("picture_kept", "") if self.is_bound else ""
        try:
            found = signing.loads(token, salt=_SALT, max_age=_KEPT_FOR) if token else {}
        except signing.BadSignature:
            found = {}
        if found.get("person") == self.person:
            return Kept(found["sha256"], found["name"])
        return Kept(self.standing.image or "", self.standing.image_name) if self.standing else Kept()

    def keep_picture(self, kept: Kept) -> None:
        """Have the form carry a picture that was kept, so that nobody has to choose the file again."""
        token = signing.dumps({"person": self.person, "sha256": kept.sha256, "name": kept.name}, salt=_SALT)
        answered = {name: self.data.get(name) for name in self.data}
        self.data = answered | {"picture_kept": token}


def taken_picture(form: PictureForm) -> Kept:
    """Keep a picture that was sent and can be read, also where the rest of the form has to be asked again."""
    valid = form.is_valid()
    if not form.upload:
        return form.kept_picture
    kept = Kept(blobs.keep(form.upload, at=clock.now()).sha256, form.upload_name)
    if not valid:
        form.keep_picture(kept)
    return kept


def _said(refusal: UnreadableImage) -> ValidationError:
    return ValidationError(f"{refusal.sentence} {refusal.remedy}")
