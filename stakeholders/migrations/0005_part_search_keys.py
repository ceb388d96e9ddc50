"""Each post gets its own key, and title and unit leave the person's; both are rebuilt from names, contacts and posts.

Going back, an older release puts them together again when it rebuilds a person.
"""

from collections import defaultdict

from django.db import migrations

from records.by_sets import update_rows
from stakeholders.search_keys import forms_of_contact, key_of_person, key_of_post

CHUNK = 1000
PHONES = ("mobile", "phone")


def part(apps, schema_editor):
    """By sets, writing only what differs."""
    post, person, contact = (
        apps.get_model("stakeholders", name) for name in ("Position", "Stakeholder", "ContactMethod")
    )
    for rows in pieces(post, "search_key", "title", "unit__name"):
        write(post, [(pk, key, key_of_post(title, unit or "")) for pk, key, title, unit in rows])
    for rows in pieces(person, "search_key", "name", "other_names"):
        forms = contacts_of(contact, [row[0] for row in rows])
        write(person, [(pk, key, key_of_person(name, others, forms[pk])) for pk, key, name, others in rows])


def pieces(model, *names):
    """Id and these columns of all rows, so many at a time."""
    rows = model.objects.order_by("pk").values_list("pk", *names)
    piece = list(rows[:CHUNK])
    while piece:
        yield piece
        piece = list(rows.filter(pk__gt=piece[-1][0])[:CHUNK])


def contacts_of(contact, ids):
    """Person → the forms their contacts are looked up by."""
    forms = defaultdict(list)
    rows = contact.objects.filter(stakeholder__in=ids)
    for pk, kind, value, normalised in rows.values_list("stakeholder_id", "kind", "value", "normalised"):
        forms[pk] += forms_of_contact(value, normalised, is_phone=kind in PHONES)
    return forms


def write(model, keys):
    """Those that are no longer the stored ones."""
    update_rows(model, [model(pk=pk, search_key=key) for pk, stored, key in keys if key != stored], ["search_key"])


class Migration(migrations.Migration):
    dependencies = [("stakeholders", "0004_add_search_key_of_posts")]
    operations = [migrations.RunPython(part, migrations.RunPython.noop)]
