"""
Triggers that refuse to change or remove what has been written.

A guard against mistakes in our own code, on both databases. It is no guard against whoever administers the database,
who can drop a trigger: against them stand the digests, the tree and a checkpoint kept elsewhere. SQLite's ``REPLACE``
walks round a DELETE trigger as well; nothing here uses it.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.base.base import BaseDatabaseWrapper

KEPT = ("audit_event", "audit_leaf", "audit_checkpoint")
REFUSAL = "the record is append-only"


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers; those that are there stay."""
    _run(connection, _up(connection.vendor))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers."""
    _run(connection, _down(connection.vendor))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Without the triggers for as long as the block runs: for emptying a database made for tests, and nothing else."""
    take_down(connection)
    try:
        yield
    finally:
        put_up(connection)


def _run(connection: BaseDatabaseWrapper, statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _up(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER IF NOT EXISTS {table}_stays_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for table in KEPT
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$",
        *(
            f"CREATE OR REPLACE TRIGGER {table}_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
            for table in KEPT
        ),
    ]


def _down(vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_stays_{verb}" for table in KEPT for verb in ("update", "delete")]
    return [
        *(f"DROP TRIGGER IF EXISTS {table}_stays ON {table}" for table in KEPT),
        "DROP FUNCTION IF EXISTS audit_refuse()",
    ]
