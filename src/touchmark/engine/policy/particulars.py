"""Whether a document has every element that its regime asks for."""

from collections.abc import Collection, Mapping
from typing import Any

from touchmark.engine.errors import TouchmarkError
from touchmark.engine.policy.rules import Element, Regime
from touchmark.engine.terms import RightKind


class IncompleteParticulars(TouchmarkError):
    """Elements are missing; ``missing`` names them, in the order of the law."""

    def __init__(self, document: str, missing: tuple[Element, ...]) -> None:
        self.missing = missing
        listed = "; ".join(f"{element.asks} ({element.source})" for element in missing)
        super().__init__(f"The {document.replace('_', ' ')} is not complete. Still needed: {listed}.")


def asked(
    *, document: str, regime: Regime, kind: RightKind | None = None, facts: Collection[str] = ()
) -> tuple[Element, ...]:
    """
    Give the elements that are asked for, always or because of the facts that hold, in the order of the law.

    :param facts: of a notice, ``agent`` and ``guest`` say who files, ``reason_<code>`` why, ``target_<what>`` against
        what
    """
    held = {"always", *facts}
    return tuple(element for element in regime.document(document, kind=kind) if element.asked_when in held)


def missing(
    content: Mapping[str, Any],
    *,
    document: str,
    regime: Regime,
    kind: RightKind | None = None,
    facts: Collection[str] = (),
) -> tuple[Element, ...]:
    """
    Give the elements that are asked for and that have no content; a statement that is not confirmed has none.

    :param content: by the names of the elements
    """
    wanted = asked(document=document, regime=regime, kind=kind, facts=facts)
    return tuple(element for element in wanted if not _given(content.get(element.name), element))


def _given(value: Any, element: Element) -> bool:
    if element.says:
        return value is True
    return bool(value.strip()) if isinstance(value, str) else value not in (None, [], {}, ())


def require(
    content: Mapping[str, Any],
    *,
    document: str,
    regime: Regime,
    kind: RightKind | None = None,
    facts: Collection[str] = (),
) -> None:
    """
    Pass if nothing is missing.

    :raises IncompleteParticulars: otherwise, with what is missing
    """
    if lacking := missing(content, document=document, regime=regime, kind=kind, facts=facts):
        raise IncompleteParticulars(document, lacking)
