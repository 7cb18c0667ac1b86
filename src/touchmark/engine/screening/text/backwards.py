"""Tell what nobody means: a plain word of Latin letters that, read backwards, looks like a name of another script."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from touchmark.engine.screening.hits import Trick
from touchmark.engine.screening.text.found import Found
from touchmark.engine.screening.text.points import Points
from touchmark.engine.screening.text.ragged import Mask


def of_another_script(points: Points, found: Found, names: pa.StringArray) -> Mask:
    """
    Tell which places are turned, in ASCII alone, and of a name without a letter of Latin: ``Hama`` is no ``Аман``.

    :param names: of every form, as registered
    """
    abroad, at = np.zeros(len(found), np.bool_), np.flatnonzero(found.trick == Trick.TURNED)
    if len(at):
        compute: Any = pc
        plain = compute.string_is_ascii(points.cut(found.text[at], found.start[at], found.end[at]))
        latin = compute.match_substring_regex(names.take(found.form[at]), r"\p{Latin}")
        abroad[at] = np.asarray(plain) & ~np.asarray(latin)
    return abroad
