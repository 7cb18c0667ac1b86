"""A register of five rights, of every kind that matters to compiling, and their pictures."""

from datetime import date

import pyarrow as pa
from tests.engine.screening.image.drawing import encoded, photo

from touchmark.engine.screening import schemas
from touchmark.engine.screening.image.unreadable import UnreadableImage

PICTURES = {"a.jpg": encoded(photo(1)), "b.jpg": encoded(photo(2))}


def image_bytes(name: str, /) -> bytes:
    """Give a picture by its name."""
    if name not in PICTURES:
        raise UnreadableImage("missing")
    return PICTURES[name]


ROWS: list[dict[str, object]] = [
    {"right_id": "r2", "kind": "word_mark", "text": "Gucci", "aliases": ["古驰", "GG"], "territories": ["EU", "US"]},
    {"right_id": "r10", "kind": "figurative_mark", "image": "a.jpg", "owner": None, "reference_price": 12.5},
    {"right_id": "r1", "kind": "word_mark", "text": "Nike", "aliases": None, "nice_classes": [25, 18]},
    {"right_id": "é", "kind": "copyright", "image": "b.jpg", "expires_on": date(2030, 1, 1), "currency": "EUR"},
    {"right_id": "Z", "kind": "patent", "text": "Pump", "image": "a.jpg", "status": "registered"},
]


def table(*rows: dict[str, object]) -> pa.Table:
    """Write rights in the order given."""
    return pa.Table.from_pylist([{"row": i + 1} | row for i, row in enumerate(rows)], schema=schemas.RIGHTS)
