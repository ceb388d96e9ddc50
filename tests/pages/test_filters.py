"""A set of filters serves one request: what it was asked and by whom stays with it."""

import pytest
from django.http import QueryDict

from pages.filters import Asker, ListFilters, TextFilter
from users.models import User

pytestmark = pytest.mark.django_db


class Colleagues(ListFilters):
    """People of ours, by a method that knows who asks."""

    q = TextFilter(method="found")

    class Meta:
        model = User
        fields: list[str] = []

    def found(self, rows, name, text):
        return rows.filter(full_name__icontains=text).exclude(pk=self.reader.pk)


def asked(text, reader):
    return Colleagues(QueryDict(f"q={text}"), User.objects.order_by("full_name"), request=Asker(reader))


def test_two_readers_at_once_are_each_answered_for_themselves(ann, ben):
    of_ann, of_ben = asked("n", ann), asked("n", ben)

    assert ann not in of_ann.qs
    assert ann in of_ben.qs
    assert ben in of_ann.qs
    assert ben not in of_ben.qs


def test_the_set_as_declared_stays_as_it_was(ann):
    asked("n", ann).qs.count()

    assert Colleagues.base_filters["q"].method == "found"
    assert not hasattr(Colleagues.base_filters["q"], "parent")
