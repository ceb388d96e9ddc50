from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_look_words_up_in_accounts")]

    operations = [
        migrations.AddIndex(
            model_name="account",
            index=models.Index(fields=["time_zone"], condition=models.Q(removed_at=None), name="account_by_zone"),
        ),
    ]
