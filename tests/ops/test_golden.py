"""
What the commands write, byte for byte: columns, order, spans, reasons, ids.

``make golden`` writes the expected files anew. Somebody reads the difference before it is committed: a change here is a
change for everyone who reads these files.
"""

from pathlib import Path

import pytest

from touchmark.ops.cli import main

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
WRITTEN = ("findings.csv", "assessments.csv", "refused.csv")


def screen(into: Path) -> int:
    return main(
        [
            "screen",
            str(GOLDEN / "listings.csv"),
            f"--rights={GOLDEN / 'rights.csv'}",
            f"--sellers={GOLDEN / 'sellers.csv'}",
            f"--out={into / 'findings.csv'}",
            f"--assessments={into / 'assessments.csv'}",
            f"--refused={into / 'refused.csv'}",
            "--as-of=2026-03-31",
            "--workers=1",
        ]
    )


def test_screening_writes_the_golden_files(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    renew = bool(request.config.getoption("--renew-golden", default=False))
    assert screen(GOLDEN / "expected" if renew else tmp_path) == 1
    for name in () if renew else WRITTEN:
        assert (tmp_path / name).read_text("utf-8") == (GOLDEN / "expected" / name).read_text("utf-8"), name
