"""Why a picture could not be read: a code for programs, a sentence and a remedy for people."""

from typing import Protocol

from touchmark.engine.errors import TouchmarkError

#: Every code, with what happened and what to do about it. A code is kept; its words may change.
SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("There is no picture of that name.", "Send the file, or correct the name."),
    "outside": ("The name leads outside the folder of pictures.", "Use a name inside the folder of pictures."),
    "empty": ("The file is empty.", "Send the picture again."),
    "too_large_file": ("The file is larger than {limit} MB.", "Send the picture in a smaller file."),
    "too_many_pixels": (
        "The picture has {size} million pixels; at most {limit} million are read.",
        "Send the picture in a smaller size.",
    ),
    "too_many_scans": ("The picture is stored in more passes than any camera or program uses.", "Save it anew."),
    "not_an_image": ("The file is not a JPEG, PNG, WebP, GIF or AVIF picture.", "Send it in one of these formats."),
    "broken": ("The picture is damaged or cut short.", "Save the picture anew and send it again."),
    "words_unread": ("The words in the picture could not be read.", "Look at the picture."),
    "too_many": (
        "The listing has more pictures than the {limit} that are looked at.",
        "Put the pictures that matter first, or split the listing.",
    ),
    "unsafe_svg": ("The drawing contains {found}, which is not allowed.", "Save it as a plain SVG, or as PNG."),
}


class UnreadableImage(TouchmarkError):
    """A picture was refused or could not be decoded; ``code`` is one of ``SENTENCES``."""

    def __init__(self, code: str, **values: object) -> None:
        happened, remedy = SENTENCES[code]
        self.code = code
        self.sentence = happened.format(**values)
        self.remedy = remedy
        super().__init__(f"{self.sentence} {self.remedy}")


class ImageBytes(Protocol):
    """
    Where pictures come from: a folder, an archive, a store.

    :raises UnreadableImage: ``missing`` where there is none of that name, ``outside`` where it may not be looked for.
    """

    def __call__(self, name: str, /) -> bytes: ...
