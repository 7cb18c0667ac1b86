"""Files of the forms on answers, shown by their pages, and carried signed from one step of a form to the next."""

from collections.abc import Iterable

from django.core import signing
from django.forms import Form
from django.http import HttpRequest

from touchmark.apps.counters.actions import GivenFile
from touchmark.apps.counters.kinds import FileKind
from touchmark.web.counters.forms import FILES
from touchmark.web.media.evidence import taken_from

#: What the steps of a form carry is believed only as we wrote it: a digest alone must not open somebody's file.
SALT = "touchmark.answers.files"
A_DAY = 24 * 3600


def of_field(form: Form, name: str, kind: FileKind) -> list[GivenFile]:
    """Take in the file of a field, and give its pages; of one that cannot be taken the form says why."""
    return [
        GivenFile(kind, page.sha256, taken.file.sha256 if page != taken.file else "")
        for taken in taken_from(form, [name])
        for page in taken.pages
    ]


def of_answer(form: Form) -> list[GivenFile]:
    """Take in the files of an answer, with what each shows."""
    found = of_field(form, "identity", FileKind.IDENTITY) if "identity" in form.fields else []
    for number in FILES:
        if kind := form.cleaned_data.get(f"kind_{number}"):
            found += of_field(form, f"file_{number}", FileKind(kind))
    return found


def signed(files: Iterable[GivenFile], request: HttpRequest) -> str:
    """Write files as a field of the next step."""
    rows = [[one.kind, one.sha256, one.document] for one in files]
    return signing.dumps([request.user.pk, rows], salt=SALT)


def carried(request: HttpRequest) -> list[GivenFile]:
    """Read the files that the step before has kept for this person; none where it is not our writing."""
    try:
        person, rows = signing.loads(request.POST.get("kept_files", ""), salt=SALT, max_age=A_DAY)
    except signing.BadSignature:
        return []
    found = [GivenFile(FileKind(kind), sha256, document) for kind, sha256, document in rows]
    return found if person == request.user.pk else []
