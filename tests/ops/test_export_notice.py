"""Settled notices as Lumen takes them: no person, no seller; what waits is not exported."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.flows.world import World, built

from touchmark.apps.accounts.models import User
from touchmark.apps.notices.models import Notice
from touchmark.ops.cli import main

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None, settings: Any, tmp_path: Path) -> World:
    settings.BLOBS, settings.SNAPSHOTS, settings.SHARDS = tmp_path / "b", tmp_path / "s", tmp_path / "d"
    return built()


def test_a_settled_notice_is_written_without_anybodys_name(world: World, tmp_path: Path) -> None:
    item = world.report()
    vera = User.objects.get(pk=world.vera.user_id)
    said = f"Sold by Blue Crate; ask {vera.name}, vera@aldermoor.example."
    Notice.objects.filter(pk=item.notice_id).update(statement=said)
    world.restrict()
    out = tmp_path / "notices.jsonl"
    assert main(["export-notice", item.notice.ref, "--out", str(out)]) == 0
    whole = json.loads(out.read_text(encoding="utf-8"))["notice"]
    assert (whole["type"], whole["action_taken"]) == ("Trademark", "Yes")
    assert whole["works_attributes"][0]["description"] == "ALDERMOOR"
    for secret in (vera.name, "vera@", "Blue Crate"):
        assert secret not in out.read_text(encoding="utf-8")


def test_what_waits_or_was_never_sent_is_not_exported(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    item = world.report()
    assert main(["export-notice", item.notice.ref, "N-2026-0000-0000"]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "is not settled" in told.err
    assert "There is no notice N-2026-0000-0000" in told.err
