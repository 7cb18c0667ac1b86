"""Flows write to the database; their pictures and snapshots go to a folder of the test's own."""

from pathlib import Path

import pytest

from tests.flows.world import World, built


@pytest.fixture
def world(db: None, settings: object, tmp_path: Path) -> World:
    """Build a small world in which a listing can go the whole way."""
    settings.BLOBS, settings.SNAPSHOTS = tmp_path / "blobs", tmp_path / "snapshots"  # type: ignore[attr-defined]
    settings.SHARDS = tmp_path / "shards"  # type: ignore[attr-defined]
    return built()
