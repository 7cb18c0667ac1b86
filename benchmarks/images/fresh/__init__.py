"""
Edits of the third part, written anew beside ``benchmarks.images.edits``: what phones, apps and shops do to a photo.

None shares an implementation or a parameter with those that the engine was measured on before. The random part of each
is drawn from the names of photo and edit.
"""

from benchmarks.images.fresh import laid, seen
from benchmarks.images.fresh.edit import EDITS

#: How many of the other photos are to be seen after an edit, where any is.
SHOWN = {"two_side_by_side": 1, "half_and_half": 1}

__all__ = ["EDITS", "SHOWN", "laid", "seen"]
