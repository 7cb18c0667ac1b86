"""Every text that people read has its translation in every language, and nothing in it is lost on the way."""

import re
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django import forms
from django.urls import get_resolver
from django.utils import translation

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import translate

FILES = translate.files()
#: What is put in when the text is shown, and marks of HTML.
HELD = re.compile(r"%\(\w+\)[sd]|\{\w*\}|<[^>]+>")


@pytest.fixture(scope="module")
def wanted() -> Catalog:
    return translate.collected()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_it_is_whole(path: Path, wanted: Catalog) -> None:
    """``make words`` puts new texts in; somebody then translates them."""
    kept = translate.read(path)
    missing = [m.id for m in wanted if m.id and kept.get(m.id, m.context) is None]
    assert not missing, "run make words, and translate what is new"
    assert not translate.untranslated(kept)
    gone = [m.id for m in kept if m.id and wanted.get(m.id, m.context) is None]
    assert not gone, "run make words"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_what_is_put_in_is_put_in(path: Path) -> None:
    for message in translate.read(path):
        originals = [message.id] if isinstance(message.id, str) else list(message.id)
        texts = [message.string] if isinstance(message.string, str) else list(message.string)
        for text in texts if message.id else []:
            assert sorted(set(HELD.findall(text))) == sorted(set(HELD.findall(originals[-1]))), originals[-1]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_what_is_kept_is_in_order(path: Path) -> None:
    catalog = translate.read(path)
    assert path.read_bytes() == translate.written(catalog), "run make words"


def test_there_is_a_language_to_look_at() -> None:
    assert [path.parts[-3] for path in FILES] == ["zh_Hans"]


def _forms(of: type[forms.BaseForm]) -> list[type[forms.BaseForm]]:
    below = [form for sub in of.__subclasses__() for form in (sub, *_forms(sub))]
    return [form for form in below if form.__module__.startswith("touchmark.")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.parts[-3])
def test_what_a_form_offers_is_not_said_before_there_is_a_reader(path: Path) -> None:
    """A text that is put together when the program starts stays in the language of that moment."""
    assert get_resolver().url_patterns  # so that every page, and every form, is loaded
    kept = {str(m.id).casefold() for m in translate.read(path) if isinstance(m.id, str) and m.id and m.string != m.id}
    with translation.override(path.parts[-3].replace("_", "-").lower()):
        said = {
            f"{form.__module__}.{form.__name__}.{name}: {label}"
            for form in _forms(forms.BaseForm)
            for name, field in form.base_fields.items()
            for label in [field.label, field.help_text, *(label for _, label in getattr(field, "choices", ()))]
            if label and str(label).casefold() in kept
        }
    assert not said
