"""
An index of the words of titles, on PostgreSQL, made beside whoever writes meanwhile.

Begun anew where it was broken off: a half-made index is there by name and good for nothing.
"""

from django.db import migrations

from touchmark.apps.catalog.titles import WORDS

NAME = "listings_by_words_of_titles"


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")
        words = WORDS.replace('"catalog_listing".', "")
        schema_editor.execute(f"CREATE INDEX CONCURRENTLY {NAME} ON catalog_listing USING gin (({words}))")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX CONCURRENTLY IF EXISTS {NAME}")


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("catalog", "0010_pictures_by_their_address")]

    operations = [migrations.RunPython(make, drop)]
