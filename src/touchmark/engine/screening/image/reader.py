"""
Reading words in pictures: PP-OCR's small models by way of ``rapidocr``, which brings them in its package.

It is an extra, ``touchmark[ocr]``. Nothing is fetched when it runs. It runs on one thread of the processor, a picture
at a time, so that how pictures come together changes nothing. What a picture can cost is bounded: it is looked at with
at most so many pixels, and at most so many lines are read, the largest. What was read is remembered by the digest of
the file: a picture that many listings show is read once in each process.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from threading import Lock
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.decode import Colours, colours
from touchmark.engine.screening.image.lines import TALL, Line, Point
from touchmark.engine.screening.image.picture import digest
from touchmark.engine.screening.image.unreadable import UnreadableImage

#: The longer side of a picture in which lines are looked for, and of the one that they are cut from, in pixels.
LOOKED_AT, CUT_FROM = 736, 1024
#: Lines read of one picture, the largest; and letters taken of a line.
MOST_LINES, MOST_LETTERS = 24, 120
#: A line of which the reader is less sure than this says nothing.
LEAST_SURE = 0.5
#: A narrower picture has no words.
LEAST_SIDE = 16
#: Pictures remembered.
REMEMBERED = 20_000

_PACKAGE = "rapidocr"


class NoReader(TouchmarkError):
    """What reads words in pictures is not installed."""


@cache
def installed() -> str | None:
    """Give the version of what reads pictures, or nothing where it is not installed; nothing is loaded."""
    try:
        version("onnxruntime")
        return version(_PACKAGE)
    except PackageNotFoundError:
        return None


@dataclass(slots=True, eq=False)
class PictureReader:
    """A reader for one process; its models are loaded with the first picture."""

    version: str
    _models: Any = field(default=None, repr=False)
    _known: OrderedDict[bytes, tuple[Line, ...]] = field(default_factory=OrderedDict, repr=False)
    _turns: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def here(cls) -> "PictureReader":
        """
        Give a reader.

        :raises NoReader: if the extra is not installed
        """
        found = installed()
        if found is None:
            raise NoReader("reading words in pictures needs rapidocr and onnxruntime; install touchmark[ocr]")
        return cls(f"{_PACKAGE} {found}")

    def __call__(self, data: bytes, /) -> tuple[Line, ...]:
        """
        Give the lines of a picture, from above.

        :raises UnreadableImage: if it cannot be decoded, or the models fail on it
        """
        sha = digest(data)
        with self._turns:
            if sha not in self._known:
                self._known[sha] = self._read(data)
                if len(self._known) > REMEMBERED:
                    self._known.popitem(last=False)
            self._known.move_to_end(sha)
            return self._known[sha]

    def _read(self, data: bytes) -> tuple[Line, ...]:
        picture = colours(data, CUT_FROM)
        if min(picture.pixels.shape[:2]) < LEAST_SIDE:
            return ()
        try:
            read = [self._line(picture, corners) for corners in self._places(picture.pixels)]
        except Exception as error:  # whatever the models make of it
            raise UnreadableImage("words_unread") from error
        return tuple(line for line in read if line.sure >= LEAST_SURE and line.text.strip())

    def _places(self, pixels: NDArray[np.uint8]) -> list[NDArray[np.float32]]:
        """Give the corners of the largest lines, from above."""
        found = self._loaded()(pixels, use_det=True, use_cls=False, use_rec=False).boxes
        places = [] if found is None else [np.asarray(corners, np.float32).reshape(4, 2) for corners in found]
        order = sorted(range(len(places)), key=lambda i: -min(_sides(places[i])))[:MOST_LINES]
        return [places[i] for i in sorted(order)]

    def _line(self, picture: Colours, corners: NDArray[np.float32]) -> Line:
        text, sure = max((self._letters(cut) for cut in _cuts(picture.pixels, corners)), key=lambda read: read[1])
        share = np.array([picture.full_width, picture.full_height]) / picture.pixels.shape[1::-1]
        points = np.clip(corners * share, 0, (picture.full_width, picture.full_height)).tolist()
        placed = cast("tuple[Point, Point, Point, Point]", tuple((x, y) for x, y in points))
        return Line(text[:MOST_LETTERS], round(sure, 4), placed)

    def _letters(self, cut: NDArray[np.uint8]) -> tuple[str, float]:
        """Read one line, and say how sure of it the models are; one that stands on its head is turned."""
        given = self._loaded()(cut, use_det=False, use_cls=True, use_rec=True)
        return (str(given.txts[0]), float(given.scores[0])) if given.txts else ("", 0.0)

    def _loaded(self) -> Any:
        if self._models is None:
            import cv2
            from rapidocr import RapidOCR

            cv2.setNumThreads(1)  # the caller's processes share the cores already
            threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
            places = {"Det.limit_type": "max", "Det.limit_side_len": LOOKED_AT}
            self._models = RapidOCR(
                params={"Global.log_level": "critical", "Global.text_score": 0.0, **threads, **places}
            )
        return self._models


def _sides(corners: NDArray[np.float32]) -> tuple[float, float]:
    """Give the width and the height of a line, in pixels."""
    along = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    return float(max(along[0], along[2])), float(max(along[1], along[3]))


def _cuts(pixels: NDArray[np.uint8], corners: NDArray[np.float32]) -> list[NDArray[np.uint8]]:
    """Cut a line out, laid flat; one that is taller than wide is laid on either side."""
    import cv2

    width, height = (max(1, round(side)) for side in _sides(corners))
    flat = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    moved = cv2.getPerspectiveTransform(corners, flat)
    line = cv2.warpPerspective(pixels, moved, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    sides = (1, -1) if height >= TALL * width else (0,)
    return [np.ascontiguousarray(np.rot90(line, turns), np.uint8) for turns in sides]
