"""From the pictures of rights to arrays that a batch is compared with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.image.code import BYTES, LEAST_QUALITY
from touchmark.engine.screening.image.picture import Picture, digest, look
from touchmark.engine.screening.image.svg import looks_like_svg, rasterise
from touchmark.engine.screening.image.unreadable import ImageBytes, UnreadableImage
from touchmark.engine.screening.problems import Problem


@dataclass(frozen=True, slots=True, eq=False)
class ImageReferences:
    """The pictures of rights, one entry each, sorted by digest and then right; may lie in a memory map."""

    right: NDArray[np.int32]  # index of the right within the snapshot
    code: NDArray[np.uint8]  # (n, 32)
    quality: NDArray[np.uint8]
    sha256: NDArray[np.uint8]  # (n, 32)
    width: NDArray[np.int32]
    height: NDArray[np.int32]

    @classmethod
    def none(cls) -> Self:
        """No pictures at all."""
        return cls.of_pictures([])

    @classmethod
    def of_pictures(cls, pictures: Sequence[tuple[int, bytes, Picture]]) -> Self:
        """Put together (right, digest of the file, picture)."""
        pictures = sorted(pictures, key=lambda entry: (entry[1], entry[0]))
        seen = [picture for _, _, picture in pictures]
        return cls(
            right=np.array([right for right, _, _ in pictures], np.int32),
            code=np.array([picture.code for picture in seen], np.uint8).reshape(-1, BYTES),
            quality=np.array([picture.quality for picture in seen], np.uint8),
            sha256=np.frombuffer(b"".join(sha for _, sha, _ in pictures), np.uint8).reshape(-1, BYTES),
            width=np.array([picture.width for picture in seen], np.int32),
            height=np.array([picture.height for picture in seen], np.int32),
        )

    @classmethod
    def of(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Take up what ``arrays`` gave, from wherever it was kept."""
        return cls(**{field.name: arrays[field.name] for field in fields(cls)})

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Give the arrays by name, to be kept."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def __len__(self) -> int:
        return len(self.right)


def compile_images(names: Sequence[tuple[int, str]], image_bytes: ImageBytes) -> tuple[ImageReferences, list[Problem]]:
    """
    Look at the picture of each right, given as (index of the right, name of the picture). SVG is drawn first.

    What cannot be used is a problem, a warning in column ``image``, never an error; its ``row`` is the index of the
    right as given here, for the caller to translate. A nearly blank picture is left out; one with too little structure
    is kept for finding the very same file only.
    """
    pictures, problems = [], []
    for right, name in names:
        try:
            data = image_bytes(name)
            picture = look(rasterise(data) if looks_like_svg(data) else data)
        except UnreadableImage as error:
            problems.append(Problem(right, "image", name, error.sentence, error.remedy))
            continue
        problems += _weakness(right, name, picture)
        if picture.quality > 0:
            pictures.append((right, digest(data), picture))
    return ImageReferences.of_pictures(pictures), problems


def _weakness(right: int, name: str, picture: Picture) -> list[Problem]:
    if picture.quality >= LEAST_QUALITY:
        return []
    if picture.quality > 0:
        reason = "The picture has so little structure that only the very same file will be found."
    else:
        reason = "The picture is nearly blank, and is not looked for."
    return [Problem(right, "image", name, reason, "Give a picture with more in it, cut close.")]
