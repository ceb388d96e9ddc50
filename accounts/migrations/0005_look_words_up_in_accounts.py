from django.db import migrations

from records.fields import SearchKeyField, search_indexes
from records.operations import OnPostgres


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_add_merges_of_accounts")]

    operations = [
        migrations.AlterField("account", "search_key", SearchKeyField(default="", editable=False)),
        OnPostgres(*search_indexes("accounts_account", "search_key")),
    ]
