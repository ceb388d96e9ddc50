"""Working days follow the Chinese calendar, an administrator's exceptions, and Monday to Friday beyond it."""

from datetime import date

import pytest
from django.urls import reverse

from reviews.models import DayException
from reviews.workdays import is_usual_workday, is_workday


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2025, 10, 1), False),  # National Day, a Wednesday
        (date(2025, 10, 11), True),  # a Saturday worked instead
        (date(2025, 10, 13), True),
        (date(2025, 10, 18), False),
        (date(2090, 6, 5), True),  # a Monday no calendar knows yet
        (date(2090, 6, 4), False),
    ],
)
def test_the_calendar(day, works):
    assert is_usual_workday(day) is works


@pytest.mark.django_db
def test_an_exception_wins_until_it_is_removed(ada):
    day = date(2025, 10, 13)
    exception = DayException(day=day, is_workday=False, note="Company day").keep(by=ada)

    assert not is_workday(day)
    exception.remove(by=ada)
    assert is_workday(day)


@pytest.mark.django_db
def test_administrators_keep_the_list(client, ada, ann):
    client.force_login(ada)
    answer = client.post(reverse("admin:reviews_dayexception_add"), {"day": "2025-10-13", "note": "Company day"})

    assert answer.status_code == 302
    assert DayException.objects.get().history.get().history_user_id == ada.pk
    client.force_login(ann)
    assert client.get(reverse("admin:reviews_dayexception_add")).status_code != 200
