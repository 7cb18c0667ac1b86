"""
Constraints and keys to other tables, for a table that is there already and may be large: what a migration adds instead
of Django's ``AddConstraint`` and of ``AddField`` with a ``ForeignKey``.

On PostgreSQL each is added unproven, which takes a moment, and proven after, beside whoever reads and writes; the
migration says ``atomic = False``. What is there and whole stays, and what was broken off is gone on with; so the
migration may be run again. On SQLite, which has one writer, it is done at once.
"""

from typing import Any

from django.db import NotSupportedError
from django.db.migrations import AddConstraint, AddField
from django.db.models import CheckConstraint, ForeignKey

from touchmark.apps.indexes import is_whole, require_no_transaction


class AddCheckBeside(AddConstraint):
    """``AddConstraint`` with a check, that keeps nobody waiting, and may be repeated."""

    atomic = False
    constraint: CheckConstraint
    model_name: str

    def __init__(self, model_name: str, constraint: CheckConstraint) -> None:
        """
        :raises NotSupportedError: for another constraint than a check: one that is unique is made of an index
        """
        if not isinstance(constraint, CheckConstraint):
            raise NotSupportedError(f"{constraint.name}: only a check can be proven after; see apps.indexes.")
        super().__init__(model_name, constraint)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """
        Add the check, unless it is there, and prove it.

        :raises IntegrityError: if a row breaks it; the check stays for rows to come, and is proven by the next run
        :raises NotSupportedError: if the migration is one transaction
        """
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        require_no_transaction(schema_editor.connection, self.constraint.name)
        model = to_state.apps.get_model(app_label, self.model_name)
        sql = self.constraint.create_sql(model, schema_editor)
        _add_and_prove(schema_editor, model._meta.db_table, self.constraint.name, str(sql))


class AddKeyBeside(AddField):
    """``AddField`` with a key to another table, empty to begin with, that keeps nobody waiting, and may be repeated."""

    atomic = False

    def __init__(self, model_name: str, name: str, field: Any, preserve_default: bool = True) -> None:
        """
        :raises NotSupportedError: for a field that is no key, or that every row would have to have at once
        """
        if not isinstance(field, ForeignKey) or not field.null or field.unique or field.has_default():
            raise NotSupportedError(f"{name}: a ForeignKey with null=True, without a default; fill it in after.")
        super().__init__(model_name, name, field, preserve_default)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """
        Add the column, its index and the key, in this order, each unless it is there.

        :raises NotSupportedError: if the migration is one transaction
        """
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        require_no_transaction(schema_editor.connection, self.name)
        model = to_state.apps.get_model(app_label, self.model_name)
        field = model._meta.get_field(self.name)
        _add_column(schema_editor, model, field)
        if field.db_index:
            _add_index(schema_editor, model, field)
        if field.db_constraint:
            suffix = "_fk_%(to_table)s_%(to_column)s"
            name = str(schema_editor._fk_constraint_name(model, field, suffix)).strip('"')
            sql = str(schema_editor._create_fk_sql(model, field, suffix))
            _add_and_prove(schema_editor, model._meta.db_table, name, sql)


def _add_column(schema_editor: Any, model: Any, field: Any) -> None:
    asked = "SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass(quote_ident(%s)) AND attname = %s"
    there = _asked(schema_editor, asked, [model._meta.db_table, field.column])
    if there is None:
        quote = schema_editor.quote_name
        kind = field.db_parameters(schema_editor.connection)["type"]
        schema_editor.execute(f"ALTER TABLE {quote(model._meta.db_table)} ADD COLUMN {quote(field.column)} {kind} NULL")


def _add_index(schema_editor: Any, model: Any, field: Any) -> None:
    sql = schema_editor._create_index_sql(model, fields=[field], concurrently=True)
    name = str(sql.parts["name"]).strip('"')
    whole = is_whole(schema_editor.connection, name)
    if whole is False:
        schema_editor.execute(f"DROP INDEX CONCURRENTLY {schema_editor.quote_name(name)}")
    if not whole:
        schema_editor.execute(sql, params=None)


def _add_and_prove(schema_editor: Any, table: str, name: str, sql: str) -> None:
    quote = schema_editor.quote_name
    proven = _asked(
        schema_editor,
        "SELECT convalidated FROM pg_constraint WHERE conrelid = to_regclass(quote_ident(%s)) AND conname = %s",
        [table, name],
    )
    if proven is None:
        schema_editor.execute(f"{sql} NOT VALID", params=None)
    if not proven:
        schema_editor.execute(f"ALTER TABLE {quote(table)} VALIDATE CONSTRAINT {quote(name)}")


def _asked(schema_editor: Any, sql: str, values: list[str]) -> bool | None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return None if row is None else bool(row[0])
