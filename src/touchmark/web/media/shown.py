"""Files that show what somebody says, in forms of several steps: taken in once, and carried signed to the next."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from touchmark.apps.blobs import queries as blobs
from touchmark.apps.blobs.evidence import Given, Taken
from touchmark.web.media.evidence import file_field, taken_from
from touchmark.web.ui.forms import Form

NAMES = ("file_1", "file_2", "file_3")
#: What the steps of a form carry is believed only as we wrote it: a digest alone must not open somebody's file.
SALT = "touchmark.shown.files"
A_DAY = 24 * 3600


class WithFiles(Form):
    """A form with up to three files that show what it says."""

    file_1 = file_field(
        gettext_lazy("What shows it"),
        help_text=gettext_lazy(
            "An invoice, a licence, a letter: a photo, a scan or a PDF of at most 30 MB. None is needed."
        ),
    )
    file_2 = file_field(gettext_lazy("Another file"))
    file_3 = file_field(gettext_lazy("Another file"))

    def given(self) -> list[Given]:
        """Take the files in that were sent; of one that cannot be taken the form says why."""
        found = []
        for name in NAMES:
            called = getattr(self.files.get(name), "name", "") or ""
            found += [Given(taken, "other", called) for taken in taken_from(self, [name])]
        return found

    @property
    def file_fields(self) -> list[Any]:
        """The fields of the files, for the page."""
        return [self[name] for name in NAMES]


def signed(files: Iterable[Given], request: HttpRequest) -> str:
    """Write files as a field of the next step."""
    rows = [[one.taken.file.sha256, [page.sha256 for page in one.taken.pages], one.name] for one in files]
    return signing.dumps([request.user.pk, rows], salt=SALT)


def carried(request: HttpRequest) -> list[Given]:
    """Read the files that the step before has kept for this person; none where it is not our writing."""
    try:
        person, rows = signing.loads(request.POST.get("kept_files", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return []
    if person != request.user.pk:
        return []
    return [given for row in rows for given in _given(*row)]


def _given(file: str, pages: Sequence[str], name: str) -> list[Given]:
    kept = [blobs.blob(sha256) for sha256 in (file, *pages)]
    here = [one for one in kept if one is not None]
    return [Given(Taken(here[0], tuple(here[1:])), "other", name)] if len(here) == len(kept) else []
