from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("relationships", "0003_index_lists")]

    operations = [
        migrations.AddIndex(
            model_name="interaction",
            index=models.Index(
                fields=["held_on"],
                condition=models.Q(is_unfinished=True, state="done", removed_at=None),
                name="interaction_unfinished",
            ),
        ),
    ]
