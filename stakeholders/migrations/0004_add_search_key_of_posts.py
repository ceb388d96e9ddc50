"""A post is found by its own title and unit, so that they are told to nobody who does not see its account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0003_name_related_records")]
    operations = [
        migrations.AddField(
            model_name="position",
            name="search_key",
            field=models.TextField(default="", editable=False),
        )
    ]
