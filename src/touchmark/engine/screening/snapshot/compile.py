"""From a table of rights, and their pictures, to a snapshot."""

from collections.abc import Iterable
from hashlib import sha256
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from touchmark.engine.screening import schemas
from touchmark.engine.screening.image.compile import Spread, compile_images, no_references
from touchmark.engine.screening.image.references import ImageReferences
from touchmark.engine.screening.image.unreadable import ImageBytes
from touchmark.engine.screening.in_force import InForce
from touchmark.engine.screening.problems import Problem
from touchmark.engine.screening.snapshot.snapshot import COLUMNS, Snapshot
from touchmark.engine.screening.text.fold import fold_version
from touchmark.engine.screening.text.marks import Marks, compile_marks
from touchmark.engine.screening.text.points import utf8
from touchmark.engine.terms import RightKind

pc: Any = pyarrow.compute

#: Raised when the same rights would compile to something else: the ids of snapshots then differ too.
FORMAT = 12

#: Rights in a picture. The picture of a word mark shows its letters, and those are looked for as words.
WITH_PICTURES = frozenset({RightKind.FIGURATIVE_MARK, RightKind.DESIGN, RightKind.COPYRIGHT})


def compile_register(
    rights: pa.Table, image_bytes: ImageBytes | None, known: Snapshot | None = None, spread: Spread = map
) -> tuple[Snapshot, list[Problem]]:
    """
    Compile a register, given in the columns of ``schemas.RIGHTS``.

    Every right is kept; words and pictures are compiled of the kinds that have them, whatever their status, so that
    ``as_of`` can ask for any day. What cannot be used is a problem of its row and costs only itself; of several rights
    with one id the first row counts. Without ``image_bytes`` no picture is looked at.

    Pictures that are in a snapshot ``known`` already are taken over from it. ``spread`` maps a function over the names
    of the others, in this process or in several (see ``compile_images``). Neither changes the outcome.
    """
    rights, problems = _in_order(rights)
    marks, unusable = compile_marks(rights)
    images, unread = _images(rights, image_bytes, known, spread)
    problems += unusable + unread + _wordless(rights)
    rights = rights.select(COLUMNS.names).cast(COLUMNS)
    snapshot = Snapshot(_content_id(rights, marks, images), rights, marks, images, InForce.of(rights, None))
    return snapshot, sorted(problems, key=lambda problem: (problem.row, problem.column, problem.value or ""))


def _in_order(rights: pa.Table) -> tuple[pa.Table, list[Problem]]:
    """Sort by id, the first row of each; the sort of Arrow goes by the bytes of UTF-8, on any machine alike."""
    rights = rights.select(schemas.RIGHTS.names).cast(schemas.RIGHTS)
    rights = rights.sort_by([("right_id", "ascending"), ("row", "ascending")]).combine_chunks()
    ids = rights["right_id"]
    again = np.zeros(len(ids), np.bool_)
    again[1:] = np.asarray(pc.equal(ids.slice(1), ids.slice(0, max(len(ids) - 1, 0))))
    problems = [
        Problem(row, "right_id", right_id, "an earlier row has this right_id", "give each right its own id", "refused")
        for row, right_id in zip(*(rights.filter(again)[name].to_pylist() for name in ("row", "right_id")), strict=True)
    ]
    return rights.filter(~again).combine_chunks(), problems


def _images(
    rights: pa.Table, image_bytes: ImageBytes | None, known: Snapshot | None, spread: Spread
) -> tuple[ImageReferences, list[Problem]]:
    """Compile the pictures of rights that are rights in a picture."""
    if image_bytes is None:
        return no_references(), []
    columns = (rights[name].to_pylist() for name in ("kind", "image"))
    pairs = enumerate(zip(*columns, strict=True))
    names = [(right, image) for right, (kind, image) in pairs if kind in WITH_PICTURES and image]
    images, problems = compile_images(names, image_bytes, None if known is None else known.images, spread)
    rows: list[Any] = rights["row"].to_pylist()
    moved = [
        Problem(rows[problem.row], problem.column, problem.value, problem.reason, problem.remedy, problem.severity)
        for problem in problems
    ]
    return images, moved


def _wordless(rights: pa.Table) -> list[Problem]:
    """Word marks that are given by their picture alone: there is nothing to look for."""
    pictured = rights.filter(pc.and_(pc.is_valid(rights["image"]), pc.equal(rights["kind"], RightKind.WORD_MARK)))
    columns = (pictured[name].to_pylist() for name in ("row", "text", "aliases", "image"))
    reason, remedy = "a word mark is looked for by its words", "give them, or the kind figurative_mark"
    return [
        Problem(row, "text", None, reason, remedy)
        for row, text, aliases, image in zip(*columns, strict=True)
        if image and not (text or aliases)
    ]


def _content_id(rights: pa.Table, marks: Marks, images: ImageReferences) -> str:
    """Digest everything that screening reads; the order of keys and the layout of arrays are fixed."""
    digest = sha256(f"touchmark snapshot {FORMAT} {fold_version()}".encode())
    for column in rights.itercolumns():
        for part in _parts(column.combine_chunks()):
            digest.update(sha256(part).digest())
    for name, array in sorted({**marks.arrays(), **images.content()}.items()):
        digest.update(name.encode() + _digest(array))
    return digest.hexdigest()[:24]


def _parts(array: Any) -> "Iterable[bytes | memoryview]":
    """Give the content of a column as bytes that do not depend on how Arrow came to hold it."""
    yield np.asarray(array.is_valid()).tobytes()
    if pa.types.is_list(array.type):
        yield np.asarray(pc.fill_null(pc.list_value_length(array), 0), "<i8").tobytes()
        yield from _parts(pc.list_flatten(array))
    elif pa.types.is_string(array.type):
        yield np.asarray(pc.fill_null(pc.binary_length(array), 0), "<i8").tobytes()
        yield utf8(array)[0].data
    elif pa.types.is_date(array.type):
        yield np.asarray(pc.fill_null(array.cast(pa.int32()), 0), "<i4").tobytes()
    else:
        zero = pa.scalar(0, array.type)
        yield np.ascontiguousarray(np.asarray(pc.fill_null(array, zero))).astype("<f8").tobytes()


def _digest(array: NDArray[Any]) -> bytes:
    """Digest an array, which is not copied for it where it lies as it is to be read."""
    little = np.ascontiguousarray(array.astype(array.dtype.newbyteorder("<"), copy=False))
    digest = sha256(little.dtype.str.encode())
    digest.update(little.reshape(-1).view(np.uint8).data)
    return digest.digest()
