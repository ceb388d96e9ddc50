from django.db import migrations, models


class Migration(migrations.Migration):
    """A mail holds what it tells for a while before it counts as told; what stands was told, or never taken up."""

    dependencies = [
        ("reviews", "0003_add_exceptional_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="notification",
            name="claimed_at",
            field=models.DateTimeField(null=True),
        ),
    ]
