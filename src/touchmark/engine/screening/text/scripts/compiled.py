"""The register's side of marks in other scripts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from numpy.typing import NDArray

from touchmark.engine.screening.text.index import Index
from touchmark.engine.screening.text.scripts.names import Names, Row
from touchmark.engine.screening.text.scripts.pinyin import in_pinyin
from touchmark.engine.screening.text.scripts.spoken import Latin, Spoken

_NAMES, _SPOKEN, _PINYIN = "names-", "spoken-", "pinyin-"


@dataclass(frozen=True, slots=True, eq=False)
class Scripts:
    """What a layer of marks is looked for by in other scripts; the numbers of forms are the layer's own."""

    names: Names
    spoken: Spoken
    pinyin: Index

    @classmethod
    def none(cls) -> Self:
        """Nothing to look for."""
        return cls(Names.none(), Spoken.none(), in_pinyin(Names.none()))

    @classmethod
    def of(cls, chinese: list[Row], latin: Latin) -> Self:
        """Compile the forms that are Chinese, and those in Latin letters."""
        names = Names.made(chinese)
        return cls(names, Spoken.compiled(latin), in_pinyin(names))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name, to be stored."""
        names = {_NAMES + name: array for name, array in self.names.arrays().items()}
        pinyin = {_PINYIN + name: array for name, array in self.pinyin.arrays().items()}
        return names | pinyin | {_SPOKEN + name: array for name, array in self.spoken.arrays().items()}

    @classmethod
    def restored(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Put together what ``arrays`` took apart."""
        pinyin = Index(**_part(arrays, _PINYIN))
        return cls(Names.of(_part(arrays, _NAMES)), Spoken.of(_part(arrays, _SPOKEN)), pinyin)


def _part(arrays: Mapping[str, NDArray[Any]], prefix: str) -> dict[str, NDArray[Any]]:
    return {name.removeprefix(prefix): array for name, array in arrays.items() if name.startswith(prefix)}
