"""What an item said stands in its notice now."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_fill_notices")]

    operations = [
        migrations.AlterField(
            "NoticeItem",
            "notice",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="items", to="notices.notice"),
        ),
        *[
            migrations.RemoveField("NoticeItem", name)
            for name in ("filed_by", "reason", "statement", "good_faith", "request_key")
        ],
        migrations.AddConstraint(
            "NoticeItem",
            models.UniqueConstraint(fields=("notice", "number"), name="items_of_a_notice_are_numbered"),
        ),
    ]
