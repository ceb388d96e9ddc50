from django.db import migrations

from accounts.calendar import Today
from records.by_sets import insert_rows
from stakeholders.entries import entries_of
from stakeholders.seats import seats_of

CHUNK = 1000


def fill(apps, schema_editor) -> None:
    """By sets, for whoever is not removed."""
    person, post, entry = (apps.get_model("stakeholders", name) for name in ("Stakeholder", "Position", "SearchEntry"))
    people = person.objects.filter(removed_at=None).order_by("pk")
    people = people.only("name", "account", "has_left", "key_rank", "sort_key", "search_key")
    days, chunk = Today(), list(people[:CHUNK])
    while chunk:
        seats = seats_of(post.objects, [each.pk for each in chunk])
        told = [row for each in chunk for row in entries_of(each, seats.get(each.pk, []), days)]
        insert_rows(entry, [entry(**row._asdict()) for row in told])
        chunk = list(people.filter(pk__gt=chunk[-1].pk)[:CHUNK])


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0010_add_search_entries")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
