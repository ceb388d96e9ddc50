from django.db import migrations

from records.operations import OnPostgres

ADD = """
ALTER TABLE records_changelog ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
CREATE INDEX records_changelog_in_order ON records_changelog (xid, id);
"""
DROP = "ALTER TABLE records_changelog DROP COLUMN xid;"


class Migration(migrations.Migration):
    dependencies = [("records", "0001_initial")]
    operations = [OnPostgres(ADD, reverse=DROP)]
