"""
The limit on what is sent with one form, kept while it arrives: what is beyond it never reaches the disk.

Named first in ``FILE_UPLOAD_HANDLERS``.
"""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from touchmark.engine.screening.image.header import MOST_BYTES

_REFUSED = "touchmark.upload_refused"


class LimitedUpload(FileUploadHandler):
    """Lets through as many bytes of files as one picture may have; the form's other fields come all the same."""

    received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the bytes on, or leave this file out."""
        self.received += len(raw_data)
        if self.received > MOST_BYTES:
            if self.request is not None:
                self.request.META[_REFUSED] = True
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Keep no file: the handlers after this one do."""
        return None


def was_refused(request: HttpRequest) -> bool:
    """Whether a file of this request was left out for its size; asked after the form was read."""
    return bool(request.META.get(_REFUSED))
