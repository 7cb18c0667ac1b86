"""Which pictures of a register a model of the operator's is asked about, and what it makes of them."""

import numpy as np

from touchmark.engine.screening.image.embedding import Embedding, Similar
from touchmark.engine.screening.snapshot.snapshot import Snapshot
from touchmark.engine.terms import RightKind, Way

#: Of which kind a right must be for a likeness to ground a way.
_KIND = {Way.LOOKALIKE: RightKind.DESIGN, Way.LOGO: RightKind.FIGURATIVE_MARK}


def similar_to(snapshot: Snapshot, embedding: Embedding) -> Similar:
    """
    Show a model the pictures of the rights that its way is about: designs, or figurative marks.

    :raises UnusableEmbedding: if the model fails
    """
    references = np.arange(len(snapshot.images), dtype=np.int64)
    place, right = snapshot.images.rights_of(references)
    kinds = np.array(snapshot.rights["kind"].to_pylist(), dtype=object)
    wanted = np.unique(place[kinds[right] == _KIND[embedding.way]])
    return Similar.of(embedding, snapshot.images, references[wanted])
