from django.db import migrations


class Migration(migrations.Migration):
    """Programs have a room of their own now, which took their table with it."""

    dependencies = [("catalog", "0002_clients"), ("clients", "0001_programs")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name="Client")]),
    ]
