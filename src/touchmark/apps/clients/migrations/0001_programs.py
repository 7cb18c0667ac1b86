import django.db.models.deletion
from django.db import migrations, models

PROGRAM = migrations.CreateModel(
    name="Client",
    fields=[
        ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
        ("name", models.CharField(max_length=200)),
        ("digest", models.CharField(max_length=64, unique=True)),
        ("scopes", models.JSONField(default=list)),
        ("issued_at", models.DateTimeField()),
        ("ended_at", models.DateTimeField(null=True)),
        (
            "marketplace",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="clients", to="catalog.marketplace"
            ),
        ),
    ],
)


class Migration(migrations.Migration):
    """The table of programs, with every token in it, comes over from the catalogue."""

    dependencies = [("catalog", "0002_clients")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[PROGRAM],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE catalog_client RENAME TO clients_client",
                    "ALTER TABLE clients_client RENAME TO catalog_client",
                ),
            ],
        ),
    ]
