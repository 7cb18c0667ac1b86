"""
The texts that people read, to be translated: ``make words``.

Collects them from the source and the templates, puts those that are new into each language's file
(``locale/…/django.po``) and takes out those that are gone, and compiles the files (``django.mo``), which is what the
site reads. What a text says stays as somebody wrote it: nothing is guessed.
"""

import io
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import write_po
from compile_words import compiled, put, read
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "touchmark"
#: Lines of a head that say when and by whom: the history knows.
OF_THE_MOMENT = tuple(
    f'"{name}:'.encode()
    for name in ("POT-Creation-Date", "PO-Revision-Date", "Last-Translator", "Language-Team", "Report-Msgid-Bugs-To")
)
STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?P<name>n?p?gettext|_)\((?P<texts>\s*{STRING}(?:\s*,\s*{STRING})*)", re.DOTALL)
#: Tables of the files of law whose rows say something to people.
SPOKEN = ("reason", "not_a_reason", "ground", "evident")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def main() -> None:
    """Bring every language's files up to date."""
    wanted = collected()
    for path in files():
        catalog = read(path)
        catalog.update(wanted, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        for message in catalog:
            message.locations = []  # who moves a line does not change a translation
        path.write_bytes(written(catalog))
        put(path.with_suffix(".mo"), compiled(read(path)))
        print(f"{path.relative_to(ROOT)}: {len(catalog)} texts, {len(untranslated(catalog))} to be translated")


def files() -> list[Path]:
    """Give the file of each language."""
    return sorted(SOURCE.glob("locale/*/LC_MESSAGES/django.po"))


def collected() -> Catalog:
    """Give all texts of the source and of the templates."""
    catalog = Catalog()
    for path in sorted(SOURCE.rglob("*")):
        for message, context in _texts(path):
            catalog.add(message, context=context)
    for message in _texts_of_law():
        catalog.add(message)
    return catalog


def _texts_of_law() -> Iterator[str]:
    """Give what the files of law and policy say to people: elements of documents, other ways, reasons, grounds."""
    for path in sorted((SOURCE / "engine" / "policy" / "data").glob("**/*.toml")):
        tables = tomllib.loads(path.read_text("utf-8"))
        rows = [row for table in ("element", *SPOKEN) for row in tables.get(table, ())]
        for row in rows:
            told = ("asks", "give", "says", "answers") if "give" in row or "says" in row else ()
            yield from (row[field] for field in told if field in row)
        yield from tables.get("texts", {}).values()
        if path.name == "words.toml":
            yield from (text for table in tables.values() for text in table.values())
    offered = tomllib.loads((SOURCE / "web" / "desk" / "grounds.toml").read_text("utf-8"))
    yield from (ground["explanation"] for ground in offered["ground"])


def _texts(path: Path) -> Iterator[tuple[str | tuple[str, ...], str | None]]:
    if path.suffix == ".py":
        source = path.read_bytes()
    elif path.suffix in (".html", ".txt") and "templates" in path.parts:
        source = "\n".join(_calls(templatize(path.read_text("utf-8"), origin=str(path)))).encode()
    else:
        return
    for _line, message, _comments, context in extract("python", io.BytesIO(source), KEYWORDS):
        yield message, context


def _calls(text: str) -> Iterator[str]:
    """Give the calls alone of what Django makes of a template, which is no Python as a whole."""
    for call in CALL.finditer(text):
        yield f"{call['name']}({call['texts']})"


def written(catalog: Catalog) -> bytes:
    """Give a language's file as it is kept, in the order of the texts."""
    made = io.BytesIO()
    write_po(made, catalog, width=120, sort_output=True)
    lines = made.getvalue().splitlines(keepends=True)
    return b"".join(line for line in lines if not line.startswith(OF_THE_MOMENT)).lstrip()


def untranslated(catalog: Catalog) -> list[str]:
    """Give the texts that lack a translation, or are marked as doubtful."""
    return [str(m.id) for m in catalog if m.id and (m.fuzzy or not all(m.string if m.pluralizable else [m.string]))]


if __name__ == "__main__":
    main()
