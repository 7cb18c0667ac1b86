"""Whether a document has every element that its regime asks for."""

from collections.abc import Collection, Mapping
from typing import Any

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.rules import Element, Regime


class IncompleteParticulars(TouchmarkError):
    """Elements are missing; ``missing`` names them, in the order of the law."""

    def __init__(self, document: str, missing: tuple[Element, ...]) -> None:
        self.missing = missing
        listed = "; ".join(f"{element.asks} ({element.source})" for element in missing)
        super().__init__(f"The {document.replace('_', ' ')} is not complete. Still needed: {listed}.")


def missing(
    content: Mapping[str, Any], *, document: str, regime: Regime, facts: Collection[str] = ()
) -> tuple[Element, ...]:
    """Give the elements that are asked for, always or because of the facts that hold, and that have no content."""
    asked = (element for element in regime.document(document) if element.asked_when in {"always", *facts})
    return tuple(element for element in asked if content.get(element.name) in (None, "", [], {}))


def require(content: Mapping[str, Any], *, document: str, regime: Regime, facts: Collection[str] = ()) -> None:
    """
    Pass if nothing is missing.

    :raises IncompleteParticulars: otherwise, with what is missing
    """
    if lacking := missing(content, document=document, regime=regime, facts=facts):
        raise IncompleteParticulars(document, lacking)
