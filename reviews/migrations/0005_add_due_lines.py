from django.db import migrations, models

KINDS = [
    ("stale", "Gone quiet"),
    ("lost", "Lost touch"),
    ("never", "Never contacted"),
    ("too_often", "Too often"),
    ("visit_unanswered", "Planned visit unanswered"),
    ("due", "Due soon"),
]


class Migration(migrations.Migration):
    """A line of somebody due soon can be put off; the column itself stays as it is."""

    dependencies = [
        ("reviews", "0004_add_claims_of_notifications"),
    ]

    operations = [
        migrations.AlterField(
            model_name=name,
            name="kind",
            field=models.CharField(choices=KINDS, max_length=24, verbose_name="kind"),
        )
        for name in ("alert", "historicalalert")
    ]
