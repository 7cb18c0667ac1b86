"""The file of weights that an installation names is read once, and again when it has changed."""

import os
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from touchmark.apps.screening.actions import model_in_force
from touchmark.engine.screening.model import ModelRefused


def text(version: str) -> str:
    given = (resources.files("touchmark.engine.screening") / "data" / "model.toml").read_text(encoding="utf-8")
    head, _, rest = given.partition("\nversion = ")
    return f'{head}\nversion = "{version}"\n{rest.partition(chr(10))[2]}'


def test_a_changed_file_is_in_force_at_the_next_look(tmp_path: Path, settings: Any) -> None:
    settings.TOUCHMARK_MODEL = str(path := tmp_path / "own.toml")
    path.write_text(text("ours-1"), encoding="utf-8")
    assert model_in_force().version == "ours-1"
    assert model_in_force() is model_in_force()
    path.write_text(text("ours-2"), encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert model_in_force().version == "ours-2"


def test_a_file_that_is_gone_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.TOUCHMARK_MODEL = str(tmp_path / "gone.toml")
    with pytest.raises(ModelRefused, match="cannot be read"):
        model_in_force()
