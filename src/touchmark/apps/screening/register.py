"""
The compiled register that this installation screens with: a base, and the news since it was compiled.

A base is compiled rarely, kept as a folder and never changed, so that all processes read the same pages of memory. What
came into the register or left it since then is compiled by each process for itself when it asks for the register, which
is before each batch: a change is in force at the next batch, everywhere, and the same is found as by a new base.
"""

import hashlib
import logging
import shutil
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import Lock

from django.conf import settings

from touchmark.apps.blobs import queries as blobs
from touchmark.apps.registry import queries as registry
from touchmark.apps.registry.queries import Edition
from touchmark.apps.screening.models import Base
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.changes import with_changes
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot

#: With more news than this a new base is compiled in the background; meanwhile the news are news.
MANY = 1_000
#: With more news than this nobody waits for the background: compiling them is most of a new base.
TOO_MANY = 50_000
#: How many bases stay: the newest, and one for processes of an earlier version or that have not looked yet.
KEPT = 2

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Held:
    """What this process screened with last: the base under its folder, the news, and both together."""

    folder: Path
    base: Snapshot
    edition: Edition
    whole: Snapshot
    news: int


_held: _Held | None = None
_taking_turns = Lock()


def in_force(*, on: date) -> tuple[Edition, Snapshot]:
    """Give the rights that are verified now, as they are in force on this day, and the register's edition."""
    held = _up_to_date()
    return held.edition, _on_the_day(held.whole, on)


@lru_cache(maxsize=2)
def _on_the_day(whole: Snapshot, on: date) -> Snapshot:
    """Remembered, because it asks every right for its dates, and a single offer is screened in less time."""
    return whole.as_of(on)


def merge() -> bool:
    """Compile a new base where there are many news, and say whether; other processes come to it by themselves."""
    held = _up_to_date()
    if held.news <= MANY:
        return False
    _compiled(held.edition)
    return True


def of_rights(right_ids: Collection[str]) -> Snapshot:
    """Compile those of these rights that are verified now."""
    table = registry.verified_table(only=right_ids)
    return compile_register(table, blobs.bytes_of)[0]


@lru_cache(maxsize=2)
def basis_of(snapshot: Snapshot, model_version: str) -> str:
    """Give the digest of what listings are screened by: the rights, which of them are in force, the model."""
    said = snapshot.id.encode() + snapshot.in_force.rights.tobytes() + model_version.encode()
    return hashlib.sha256(said).hexdigest()


def _up_to_date() -> _Held:
    """Look at the register, and bring what is held up to it if it has changed."""
    global _held
    with _taking_turns:
        edition = registry.edition()
        folder = _folder(_base(edition))
        if _held is None or (_held.edition, _held.folder) != (edition, folder):
            _held = _whole(edition, folder)
        return _held


def _whole(edition: Edition, folder: Path) -> _Held:
    """Bring up a base; one that a disk has damaged is compiled anew: it holds nothing but what the register says."""
    try:
        return _brought_up(edition, folder)
    except store.DamagedSnapshot as error:
        log.warning("%s", error)
        shutil.rmtree(folder, ignore_errors=True)
        return _brought_up(edition, _folder(_base(edition)))


def _base(edition: Edition) -> Edition:
    """Give the edition of the newest base that is there, one compiled now if there is none or too much is news."""
    newest = Base.objects.filter(edition__lte=edition.number).order_by("-edition").first()
    if newest is None or not _folder(base := Edition(newest.edition, newest.state)).exists():
        return _compiled(edition)
    return _compiled(edition) if registry.count_since(base.number) > TOO_MANY else base


def _compiled(edition: Edition) -> Edition:
    """Compile the whole register as it is now; ``edition`` is what it was when it was last looked at."""
    table = registry.verified_table()
    compiled, _ = compile_register(table, blobs.bytes_of, known=_held.whole if _held else None)
    if registry.edition() != edition:  # it changed while it was read: the base is that of no edition
        return _compiled(registry.edition())
    store.save(compiled, _folder(edition))
    _clear(_folder(edition))
    Base.objects.get_or_create(edition=edition.number, state=edition.state)
    return edition


def _brought_up(edition: Edition, folder: Path) -> _Held:
    since = int(folder.name.partition("-")[0])
    base = _held.base if _held and _held.folder == folder else store.open(folder)
    changed = registry.changed_since(since)
    if not changed:
        return _Held(folder, base, edition, base, 0)
    news, _ = compile_register(
        registry.verified_table(since=since), blobs.bytes_of, known=_held.whole if _held else None
    )
    return _Held(folder, base, edition, with_changes(base, news, gone=changed, sequence=str(edition)), len(changed))


def _folder(edition: Edition) -> Path:
    """Name the place of a base; versions of the program that write another form run beside each other for a while."""
    folder: Path = settings.SNAPSHOTS / store.version() / str(edition)
    return folder


def _clear(kept: Path) -> None:
    """Remove bases that nothing will open again; whoever screens by one has its pages until it closes them."""
    places = {path.parent for path in Path(settings.SNAPSHOTS).rglob(store.MANIFEST)} - {kept}
    whole = [place for place in places if not place.name.startswith(".")]
    newest = sorted(whole, key=lambda place: place.stat().st_mtime, reverse=True)
    for place in newest[KEPT - 1 :]:
        shutil.rmtree(place, ignore_errors=True)
