"""
Constraints and keys to other tables, for a table that is there already and may be large: what a migration adds instead
of Django's ``AddConstraint`` and of ``AddField`` with a ``ForeignKey``.

On PostgreSQL each is added unproven, which takes a moment, and proven after, beside whoever reads and writes; the
migration says ``atomic = False``. What is there and whole stays, and what was broken off is gone on with; so the
migration may be run again. What is unique is made of an index that is made so. On SQLite, which has one writer, it is
done at once.
"""

from typing import Any

from django.db import NotSupportedError
from django.db.migrations import AddConstraint, AddField
from django.db.models import CheckConstraint, ForeignKey, UniqueConstraint

from touchmark.apps.indexes import is_whole, require_no_transaction


class AddCheckBeside(AddConstraint):
    """``AddConstraint`` with a check, that keeps nobody waiting, and may be repeated."""

    atomic = False
    constraint: CheckConstraint
    model_name: str

    def __init__(self, model_name: str, constraint: CheckConstraint) -> None:
        """
        :raises NotSupportedError: for another constraint than a check: see AddUniqueBeside
        """
        if not isinstance(constraint, CheckConstraint):
            raise NotSupportedError(f"{constraint.name}: only a check; see AddUniqueBeside.")
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


#: What an index that is unique can have besides fields and a condition, and nobody here has needed yet.
UNMADE = ("expressions", "deferrable", "include", "opclasses", "nulls_distinct")


class AddUniqueBeside(AddConstraint):
    """``AddConstraint`` with what is unique, that keeps nobody waiting, and may be repeated."""

    atomic = False
    constraint: UniqueConstraint
    model_name: str

    def __init__(self, model_name: str, constraint: UniqueConstraint) -> None:
        """
        :raises NotSupportedError: for a check, see ``AddCheckBeside``; for what is more than fields and a condition
        """
        if not isinstance(constraint, UniqueConstraint) or any(getattr(constraint, name) for name in UNMADE):
            raise NotSupportedError(f"{constraint.name}: fields that are unique, under a condition or none.")
        super().__init__(model_name, constraint)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """
        Make the index, unless it is there, and of it the constraint; under a condition the index is all there is.

        :raises IntegrityError: if two rows are alike; what was begun of the index is made anew by the next run
        :raises NotSupportedError: if the migration is one transaction
        """
        if schema_editor.connection.vendor != "postgresql":
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            return
        require_no_transaction(schema_editor.connection, self.constraint.name)
        model = to_state.apps.get_model(app_label, self.model_name)
        _add_unique_index(schema_editor, model, self.constraint)
        table, name = model._meta.db_table, self.constraint.name
        if self.constraint.condition is None and _is_proven(schema_editor, table, name) is None:
            quote = schema_editor.quote_name
            own = quote(name)
            schema_editor.execute(f"ALTER TABLE {quote(table)} ADD CONSTRAINT {own} UNIQUE USING INDEX {own}")


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
    _make_index(schema_editor, str(sql.parts["name"]).strip('"'), str(sql))


def _add_unique_index(schema_editor: Any, model: Any, constraint: UniqueConstraint) -> None:
    quote = schema_editor.quote_name
    if constraint.condition is None:
        columns = ", ".join(quote(model._meta.get_field(name).column) for name in constraint.fields)
        sql = f"CREATE UNIQUE INDEX {quote(constraint.name)} ON {quote(model._meta.db_table)} ({columns})"
    else:
        sql = str(constraint.create_sql(model, schema_editor))
    _make_index(schema_editor, constraint.name, sql.replace("UNIQUE INDEX", "UNIQUE INDEX CONCURRENTLY", 1))


def _make_index(schema_editor: Any, name: str, sql: str) -> None:
    whole = is_whole(schema_editor.connection, name)
    if whole is False:
        schema_editor.execute(f"DROP INDEX CONCURRENTLY {schema_editor.quote_name(name)}")
    if not whole:
        schema_editor.execute(sql, params=None)


def _is_proven(schema_editor: Any, table: str, name: str) -> bool | None:
    """Say whether a constraint is there and proven, there and not, or not there."""
    sql = "SELECT convalidated FROM pg_constraint WHERE conrelid = to_regclass(quote_ident(%s)) AND conname = %s"
    return _asked(schema_editor, sql, [table, name])


def _add_and_prove(schema_editor: Any, table: str, name: str, sql: str) -> None:
    quote = schema_editor.quote_name
    proven = _is_proven(schema_editor, table, name)
    if proven is None:
        schema_editor.execute(f"{sql} NOT VALID", params=None)
    if not proven:
        schema_editor.execute(f"ALTER TABLE {quote(table)} VALIDATE CONSTRAINT {quote(name)}")


def _asked(schema_editor: Any, sql: str, values: list[str]) -> bool | None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(sql, values)
        row = cursor.fetchone()
    return None if row is None else bool(row[0])
