"""The register's side of marks in other scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from touchmark.engine.screening.text.scripts.names import Names, names_of
from touchmark.engine.screening.text.tokens import Units

_NAMES = "names-"


@dataclass(frozen=True, slots=True, eq=False)
class Scripts:
    """What a layer of marks is looked for by in other scripts; the numbers of forms are the layer's own."""

    names: Names

    @classmethod
    def none(cls) -> Self:
        """Nothing to look for."""
        return cls(Names.none())

    @classmethod
    def of(cls, units: Units, usable: NDArray[np.bool_]) -> Self:
        """Compile forms, given by their units under the plain fold."""
        return cls(names_of(units, usable))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name, to be stored."""
        return {_NAMES + name: array for name, array in self.names.arrays().items()}

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Put together what ``arrays`` took apart."""
        return cls(Names.of({n.removeprefix(_NAMES): a for n, a in arrays.items() if n.startswith(_NAMES)}))
