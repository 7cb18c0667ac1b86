"""
The columns that the engine reads and writes, as Arrow schemas.

Files carry the same names (the contract of the commands); a reader turns text into these types and says which optional
values it could not read, in ``unreadable``. ``row`` is the place of a row in its file, the first one being 1.
"""

from typing import Any

import pyarrow as pa


def _schema(fields: "list[pa.Field[Any]]") -> pa.Schema:
    """Give a schema; the types of columns differ, which a bare list would lose on the type checker."""
    return pa.schema(fields)


TEXTS = pa.list_(pa.string())

RIGHTS = _schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("right_id", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("text", pa.string()),
        pa.field("aliases", TEXTS),
        pa.field("owner", pa.string()),
        pa.field("brand", pa.string()),
        pa.field("office", pa.string()),
        pa.field("number", pa.string()),
        pa.field("nice_classes", pa.list_(pa.int16())),
        pa.field("territories", TEXTS),
        pa.field("status", pa.string()),
        pa.field("registered_on", pa.date32()),
        pa.field("expires_on", pa.date32()),
        pa.field("image", pa.string()),
        pa.field("reference_price", pa.float64()),
        pa.field("currency", pa.string()),
        pa.field("authorised_sellers", TEXTS),
    ]
)

LISTINGS = _schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("listing_id", pa.string(), nullable=False),
        pa.field("marketplace", pa.string()),
        pa.field("seller_id", pa.string()),
        pa.field("title", pa.string(), nullable=False),
        pa.field("description", pa.string()),
        pa.field("brand", pa.string()),
        pa.field("category", pa.string()),
        pa.field("price", pa.float64()),
        pa.field("currency", pa.string()),
        pa.field("condition", pa.string()),
        pa.field("quantity", pa.int64()),
        pa.field("gtin", pa.string()),
        pa.field("url", pa.string()),
        pa.field("images", TEXTS),
        pa.field("attributes", pa.string()),  # JSON: an object of names and values, as the marketplace sent it
        pa.field("offered_in", TEXTS),
        pa.field("ships_from", pa.string()),
        pa.field("published_at", pa.timestamp("us", tz="UTC")),
        pa.field("sold_count", pa.int64()),
        pa.field("first_sold_at", pa.timestamp("us", tz="UTC")),
        pa.field("views", pa.int64()),
        pa.field("unreadable", TEXTS),  # names of optional columns whose value could not be read
    ]
)

SELLERS = _schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("seller_id", pa.string(), nullable=False),
        pa.field("marketplace", pa.string()),
        pa.field("name", pa.string()),
        pa.field("trader", pa.string()),
        pa.field("country", pa.string()),
        pa.field("opened_on", pa.date32()),
        pa.field("standing", pa.string()),
        pa.field("identity_tokens", TEXTS),
    ]
)

REASON = pa.struct(
    [
        pa.field("feature", pa.string(), nullable=False),
        pa.field("value", pa.string()),
        pa.field("weight", pa.float64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
    ]
)

FINDINGS = _schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("listing_id", pa.string(), nullable=False),
        pa.field("marketplace", pa.string()),
        pa.field("right_id", pa.string(), nullable=False),
        pa.field("way", pa.string(), nullable=False),
        pa.field("confidence", pa.float64(), nullable=False),
        pa.field("reasons", pa.list_(REASON), nullable=False),
        pa.field("field", pa.string(), nullable=False),  # title, brand, description, attributes, images
        pa.field("start", pa.int64()),  # half-open, in code points of the original field
        pa.field("end", pa.int64()),
        pa.field("surface", pa.string()),
        pa.field("image", pa.string()),
        pa.field("box", pa.list_(pa.int32())),  # [x0, y0, x1, y1] in pixels after EXIF rotation
        pa.field("snapshot_id", pa.string(), nullable=False),
        pa.field("model_version", pa.string(), nullable=False),
    ]
)

ASSESSMENTS = _schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("listing_id", pa.string(), nullable=False),
        pa.field("marketplace", pa.string()),
        pa.field("risk", pa.float64(), nullable=False),
        pa.field("verdict", pa.string(), nullable=False),
        pa.field("reasons", pa.list_(REASON), nullable=False),
        pa.field("findings", pa.int64(), nullable=False),  # how many findings the listing has
    ]
)

REFUSED = _schema(
    [
        pa.field("row", pa.int64(), nullable=False),
        pa.field("severity", pa.string(), nullable=False),  # refused: the row is left out; warning: the value is
        pa.field("column", pa.string(), nullable=False),
        pa.field("value", pa.string()),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("remedy", pa.string(), nullable=False),
    ]
)
