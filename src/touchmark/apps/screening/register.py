"""The compiled register that this installation screens with: made when the verified rights have changed."""

import hashlib
from datetime import date

from django.conf import settings

from touchmark.apps.blobs import queries as blobs
from touchmark.apps.registry import queries as registry
from touchmark.engine.screening.snapshot import store
from touchmark.engine.screening.snapshot.compile import compile_register
from touchmark.engine.screening.snapshot.snapshot import Snapshot


def in_force(*, on: date) -> Snapshot:
    """
    Give the snapshot of the rights that are verified now, as they are in force on this day.

    It is compiled once for each state of the register and kept; a compiled folder is never changed, so other processes
    may read it meanwhile.
    """
    folder = settings.SNAPSHOTS / registry.version()
    if not folder.exists():
        compiled, _ = compile_register(registry.verified_table(), blobs.bytes_of)
        store.save(compiled, folder)
    return store.open(folder).as_of(on)


def basis_of(snapshot: Snapshot, model_version: str) -> str:
    """Give the digest of what listings are screened by: the rights, which of them are in force, the model."""
    said = snapshot.id.encode() + snapshot.in_force.rights.tobytes() + model_version.encode()
    return hashlib.sha256(said).hexdigest()
