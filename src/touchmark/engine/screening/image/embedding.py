"""
A model of the operator's own, as an ONNX file: pictures to vectors, and which of them are alike.

The engine brings none. What a model must take and give, and how it says its threshold, is in ``docs/embedding.md``.
It is run on one thread of the processor, picture by picture, so that how pictures come together changes nothing; it
sees the small grey picture that the engine has decoded already, of references and of listings alike.
"""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.screening.image.decode import shrunk
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.terms import Way

#: What counts where the model does not say otherwise.
SIDE, THRESHOLD = 224, 0.8
MOST_SIDE, MOST_VALUES = 1024, 8192
#: What an embedding may ground; neither gives more than a review by the rules that come along.
WAYS_FROM_EMBEDDING = frozenset({Way.LOOKALIKE, Way.LOGO})

Vectors = NDArray[np.float32]


class UnusableEmbedding(TouchmarkError):
    """A file is no model of the documented kind, or what runs models is not installed."""


@dataclass(frozen=True, eq=False)
class Embedding:
    """
    A model that was read and tried out.

    :ivar digest: of the file; vectors of another file are never compared with its own
    :ivar threshold: the cosine from which two pictures are taken to be alike
    :ivar way: what that grounds
    """

    digest: str
    threshold: float
    way: Way
    mean: Vectors
    deviation: Vectors
    size: tuple[int, int]  # height, width
    _session: Any = field(repr=False)

    @classmethod
    def load(cls, path: Path) -> "Embedding":
        """
        Read a model and try it on a picture that grows lighter from above.

        :raises UnusableEmbedding: if onnxruntime is not installed, or the file is not of the documented kind
        """
        try:
            data = path.read_bytes()
        except OSError as error:
            raise UnusableEmbedding(f"{path}: the model cannot be read; give an ONNX file") from error
        session = _session(path, data)
        told = session.get_modelmeta().custom_metadata_map
        try:
            way = Way(told.get("touchmark.way", Way.LOOKALIKE))
            threshold = float(told.get("touchmark.threshold", THRESHOLD))
            mean, deviation = (_three(told.get(f"touchmark.{name}", default)) for name, default in _SCALES)
        except ValueError as error:
            raise UnusableEmbedding(f"{path}: its metadata cannot be read ({error}); see docs/embedding.md") from error
        if way not in WAYS_FROM_EMBEDDING or not -1 < threshold < 1 or not (deviation > 0).all():
            raise UnusableEmbedding(f"{path}: its metadata is out of range; see docs/embedding.md")
        model = cls(sha256(data).hexdigest(), threshold, way, mean, deviation, _size(path, session), session)
        if not model.vector(np.repeat(np.arange(256, dtype=np.uint8)[:, None], 256, axis=1)).any():
            raise UnusableEmbedding(f"{path}: the model gave numbers that are not finite, or none but zero")
        return model

    def vector(self, gray: NDArray[np.uint8]) -> Vectors:
        """
        Give the vector of a grey picture, of length 1; of one of which the model makes nothing, no number but zero.

        :raises UnusableEmbedding: if the model fails, or gives anything but one row of numbers
        """
        try:
            (given,) = self._session.run(None, {self._session.get_inputs()[0].name: self._input(gray)})
        except Exception as error:  # whatever the operator's model does
            raise UnusableEmbedding(f"the model failed: {str(error).splitlines()[0]}") from error
        values = np.asarray(given)
        if values.dtype != np.float32 or not 1 <= values.size <= MOST_VALUES or values.size != max(values.shape):
            raise UnusableEmbedding(
                f"the model gave {values.dtype} of shape {values.shape}; one row of float32 is needed"
            )
        vector = values.reshape(-1).astype(np.float64)
        length = float(np.sqrt((vector * vector).sum()))
        return (vector / length if np.isfinite(length) and length > 0 else np.zeros_like(vector)).astype(np.float32)

    def strength(self, cosine: float) -> float:
        """Give a half at the threshold, one for the same vector, and what lies between in a straight line."""
        return 0.5 + 0.5 * (cosine - self.threshold) / (1 - self.threshold)

    def _input(self, gray: NDArray[np.uint8]) -> Vectors:
        """Stretch the picture to the model's size and give its luminance in three equal channels, scaled."""
        import cv2

        height, width = self.size
        small = cv2.resize(shrunk(gray, 4 * max(self.size)), (width, height), interpolation=cv2.INTER_AREA)
        channels = np.repeat(small[None].astype(np.float32) / 255, 3, axis=0)
        scaled = (channels - self.mean[:, None, None]) / self.deviation[:, None, None]
        return cast(Vectors, scaled[None].astype(np.float32))


@dataclass(frozen=True, eq=False)
class Similar:
    """References as a model sees them: which, and their vectors, row by row."""

    embedding: Embedding
    reference: NDArray[np.int64]
    vectors: Vectors

    @classmethod
    def of(cls, embedding: Embedding, references: ImageReferences, wanted: NDArray[np.int64]) -> "Similar":
        """Look at the small pictures of the references that are wanted."""
        rows = [embedding.vector(references.thumb(int(reference))) for reference in wanted]
        return cls(embedding, wanted, np.stack(rows) if rows else np.empty((0, 1), np.float32))

    def to(self, gray: NDArray[np.uint8]) -> list[tuple[int, float]]:
        """Give the references that a picture is like, with the strength of it, in their order."""
        if not len(self.reference):
            return []
        cosines = np.round(self._double @ self.embedding.vector(gray).astype(np.float64), 5)
        alike = np.flatnonzero(cosines >= self.embedding.threshold)
        return [(int(self.reference[i]), self.embedding.strength(min(float(cosines[i]), 1.0))) for i in alike]

    @cached_property
    def _double(self) -> NDArray[np.float64]:
        return self.vectors.astype(np.float64)


_SCALES = (("mean", "0,0,0"), ("std", "1,1,1"))


def _three(text: str) -> Vectors:
    values = np.array([float(part) for part in text.split(",")], np.float32)
    if values.shape != (3,) or not np.isfinite(values).all():
        raise ValueError(f"{text!r} is not three numbers")
    return values


def _session(path: Path, data: bytes) -> Any:
    try:
        import onnxruntime
    except ImportError as error:
        raise UnusableEmbedding("--embedding needs onnxruntime; install touchmark[embedding]") from error
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 4
    try:
        session = onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # a hostile file can make the reader raise anything
        raise UnusableEmbedding(f"{path}: not a usable ONNX model; see docs/embedding.md") from error
    inputs, outputs = session.get_inputs(), session.get_outputs()
    if len(inputs) != 1 or len(outputs) != 1 or inputs[0].type != "tensor(float)" or len(inputs[0].shape) != 4:
        raise UnusableEmbedding(f"{path}: one input (float32, 1 x 3 x height x width) and one output are needed")
    return session


def _size(path: Path, session: Any) -> tuple[int, int]:
    _, channels, *sides = session.get_inputs()[0].shape
    height, width = (side if isinstance(side, int) else SIDE for side in sides)
    if channels != 3 or not (0 < height <= MOST_SIDE and 0 < width <= MOST_SIDE):
        raise UnusableEmbedding(f"{path}: its input must have 3 channels and sides of at most {MOST_SIDE} pixels")
    return height, width
