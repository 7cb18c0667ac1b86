from django.db import migrations

from touchmark.apps.audit import guard

# SQLite rebuilds a table to alter it and loses its triggers: a later migration that alters one of these tables must
# take the guard down first and put it up afterwards, as here.


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_record_events")]

    operations = [
        migrations.RunPython(
            lambda apps, schema_editor: guard.put_up(schema_editor.connection),
            lambda apps, schema_editor: guard.take_down(schema_editor.connection),
        )
    ]
