"""
Listings by the words of their titles, in any script.

On PostgreSQL by its own full-text search, without an extension: each sign of a script that is written without spaces is
a word, so that the signs of a name are looked for side by side; ``0011_words_of_titles`` keeps the index. SQLite has no
such search that is there for certain, and few listings: every title within reach is read, for the same whole words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from touchmark.apps.catalog.access import listings_for, on_sale_for
from touchmark.apps.catalog.models import Listing
from touchmark.engine.terms import Actor

#: Signs of scripts that are written without spaces: Thai to Burmese, Khmer, kana, Han, and Han beyond the first plane.
UNSPACED = "\u0e00-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
#: What is looked at of a title. Never changed without a new index: a query finds it by saying the same.
WORDS = f"""to_tsvector('simple', regexp_replace("catalog_listing"."title", '([{UNSPACED}])', ' \\1 ', 'g'))"""
ASKED = f"""phraseto_tsquery('simple', regexp_replace(%s, '([{UNSPACED}])', ' \\1 ', 'g'))"""
#: So many words are looked for; whoever pastes a whole page has named nothing.
MOST_WORDS = 12
_LETTERS = re.compile(r"\w")
#: A letter or digit of a script that is written with spaces: next to one, a word goes on.
_LETTER = rf"[^\W_{UNSPACED}]"


def saying(actor: Actor, text: str, *, most: int) -> Sequence[Listing]:
    """Give at most so many listings within the actor's reach whose titles say all of these words, the newest first."""
    keys = _found(listings_for(actor), text, most)
    found = listings_for(actor).filter(pk__in=keys).defer("description", "attributes", "extra", "unreadable")
    return list(found) if keys else []


def on_sale_saying(actor: Actor, text: str, *, most: int) -> list[int]:
    """Give the keys of at most so many listings on sale, where the actor may report, whose titles say these words."""
    return _found(on_sale_for(actor), text, most)


def _found(listings: QuerySet[Listing], text: str, most: int) -> list[int]:
    words = [word for word in text.split()[:MOST_WORDS] if _LETTERS.search(word)]
    if not words:
        return []
    if connection.vendor == "postgresql":
        return _by_index(listings, words, most)
    wanted = reduce(and_, (_contains(word) for word in words))
    return list(listings.filter(wanted).values_list("pk", flat=True)[:most])


def _by_index(listings: QuerySet[Listing], words: Sequence[str], most: int) -> list[int]:
    """
    Give the keys of the first so many, found by the index whatever is asked for.

    Were it not a step of its own, PostgreSQL would read the table from its head, hoping to find enough soon: a word
    that no title says would cost all of it.
    """
    said = RawSQL(f"{WORDS} @@ ({' && '.join([ASKED] * len(words))})", words, output_field=BooleanField())  # noqa: S611  # words are parameters
    try:
        found, params = listings.filter(said).order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # whoever asks reaches nothing
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"WITH found AS MATERIALIZED ({found}) SELECT * FROM found LIMIT %s", [*params, most])  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def _contains(word: str) -> Q:
    """Whole words whatever their case; signs of scripts without spaces wherever they stand. So has the index."""
    before = "" if _unspaced(word[0]) else f"(?<!{_LETTER})"
    behind = "" if _unspaced(word[-1]) else f"(?!{_LETTER})"
    held = Q(title__iregex=f"{before}{re.escape(word)}{behind}")
    return Q(title__icontains=word) & held if word.isascii() else held  # what SQLite does by itself it does fast


def _unspaced(sign: str) -> bool:
    return re.match(f"[{UNSPACED}]", sign) is not None
