"""What is read to refuse a circle of bosses: the line upwards, and of a large account no more."""

from django.db import transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from stakeholders.models import Position
from stakeholders.reporting import Post, would_loop
from tests.examples import tried
from tests.factories import AccountFactory, StakeholderFactory

links = st.lists(
    st.tuples(*[st.none() | st.integers(0, 6)] * 2, st.sampled_from([False, False, False, True])), max_size=7
)


@tried(100)
@given(rows=links)
def test_the_line_upwards_decides_as_all_posts_of_the_account_do(db, rows):
    with transaction.atomic():
        account = AccountFactory()
        person = StakeholderFactory(account=account)
        posts = [Position(stakeholder=person, account=account, until="2026-01-01") for _ in rows]
        Position.objects.bulk_create(posts)
        for post, (boss, heir, removed) in zip(posts, rows, strict=True):
            values = {"reports_to": boss, "succeeded_by": heir}
            named = {name: posts[n % len(posts)] for name, n in values.items() if n is not None}
            named = {name: other for name, other in named.items() if other is not post}
            moment = timezone.now() if removed else None
            Position.objects.filter(pk=post.pk).update(**named, removed_at=moment)
        fields = ("id", "reports_to_id", "succeeded_by_id")
        everything = {row[0]: Post(*row) for row in Position.objects.present().values_list(*fields)}

        for post in posts:
            for boss in posts:
                line = Position.objects.posts_above(post.pk, boss.pk)
                assert would_loop(post.pk, boss.pk, line) == would_loop(post.pk, boss.pk, everything)
        transaction.set_rollback(True)


def test_a_large_account_is_not_read_to_correct_a_post(acme, ann, django_assert_num_queries):
    head = StakeholderFactory(account=acme).positions.get()
    boss = StakeholderFactory(account=acme, reports_to=head).positions.get()
    post = StakeholderFactory(account=acme, reports_to=boss).positions.get()
    for _ in range(5):
        StakeholderFactory(account=acme, reports_to=boss)

    with django_assert_num_queries(1):
        line = Position.objects.posts_above(post.pk, boss.pk)

    assert set(line) == {head.pk, boss.pk, post.pk}
