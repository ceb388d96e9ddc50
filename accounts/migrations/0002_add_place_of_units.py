from django.db import migrations, models

import records.fields


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        migrations.AddField("orgunit", "search_key", models.TextField(default="", editable=False)),
        migrations.AddField(
            "orgunit", "tree_key", records.fields.SortKeyField(default="", editable=False, max_length=2000)
        ),
        migrations.AddField("orgunit", "depth", models.PositiveIntegerField(default=0, editable=False)),
        migrations.RemoveIndex("orgunit", "org_unit_by_account"),
        migrations.AddIndex("orgunit", models.Index(fields=["account", "tree_key"], name="org_unit_by_tree")),
    ]
