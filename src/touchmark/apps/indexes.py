"""
An index for a table that is there already, and may be large: what a migration adds instead of Django's ``AddIndex``.

On PostgreSQL it is made beside whoever writes meanwhile, which no transaction may do: the migration says
``atomic = False``. An index of that name that is whole stays, and a half-made one, left where a migration was broken
off, is made anew; so the migration may be run again. On SQLite, which has one writer, it is made at once.
"""

from typing import Any

from django.db import NotSupportedError
from django.db.migrations import AddIndex


class AddIndexBeside(AddIndex):
    """``AddIndex`` that keeps nobody waiting, and may be repeated."""

    atomic = False

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """
        Make the index, unless it is there.

        :raises NotSupportedError: if the migration is one transaction
        """
        connection = schema_editor.connection
        whole = is_whole(connection, self.index.name)
        if whole:
            return
        if connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        require_no_transaction(connection, self.index.name)
        model = to_state.apps.get_model(app_label, self.model_name)
        if whole is not None:
            schema_editor.remove_index(model, self.index, concurrently=True)
        schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the index away."""
        if schema_editor.connection.vendor != "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
            return
        model = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.remove_index(model, self.index, concurrently=True)


def require_no_transaction(connection: Any, name: str) -> None:
    """
    Pass if something can be made beside whoever writes.

    :raises NotSupportedError: if the migration is one transaction
    """
    if connection.in_atomic_block:
        raise NotSupportedError(f"{name}: say atomic = False in this migration.")


_ASKED = {
    "postgresql": "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(quote_ident(%s))",
    "sqlite": "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = %s",
}


def is_whole(connection: Any, name: str) -> bool | None:
    """Say whether an index is there and whole, there and half-made, or not there."""
    with connection.cursor() as cursor:
        cursor.execute(_ASKED[connection.vendor], [name])
        row = cursor.fetchone()
    return None if row is None else bool(row[0])
