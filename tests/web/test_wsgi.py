"""The application that a server runs."""

import os
import subprocess
import sys
from pathlib import Path

LOADED = "import gc, touchmark.site.wsgi; print(gc.get_freeze_count(), len(gc.get_objects()))"


def test_no_request_waits_while_what_is_loaded_is_looked_through_for_garbage(tmp_path: Path) -> None:
    told = os.environ | {"TOUCHMARK_VAR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "touchmark.site.settings"}
    said = subprocess.run([sys.executable, "-c", LOADED], env=told, capture_output=True, text=True, check=True)
    frozen, looked_through = (int(number) for number in said.stdout.split())
    assert frozen > 100_000
    assert looked_through < frozen / 10
