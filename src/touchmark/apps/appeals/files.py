"""Files that an appeal rests on."""

from collections.abc import Sequence
from datetime import datetime

from touchmark.apps.appeals.models import Appeal, AppealFile
from touchmark.apps.blobs.evidence import Given
from touchmark.engine.errors import TouchmarkError

#: So many files come with one appeal.
MOST = 10


class TooManyFiles(TouchmarkError):
    """An appeal comes with more files than one appeal may."""


def keep(appeal: Appeal, files: Sequence[Given], *, at: datetime) -> None:
    """
    Keep the files of an appeal, within the transaction that files it.

    :raises TooManyFiles: if there are more than one appeal may have
    """
    if len(files) > MOST:
        raise TooManyFiles(f"An appeal has at most {MOST} files. Send those that matter.")
    AppealFile.objects.bulk_create(
        (
            AppealFile(
                appeal=appeal,
                blob=page,
                document=file.taken.file if page != file.taken.file else None,
                name=file.name[:200],
                place=place,
                given_at=at,
            )
            for file in files
            for place, page in enumerate(file.taken.pages, 1)
        ),
        ignore_conflicts=True,
    )


def names_in(files: Sequence[Given]) -> list[str]:
    """Give the digests of files, as the record holds them."""
    return [file.taken.file.sha256 for file in files]
