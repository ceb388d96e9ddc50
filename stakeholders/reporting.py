"""Reporting lines over seats. Pure: a line leads from one post to another, and a post lives on in its successors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from stakeholders.in_force import holds_on


@dataclass(frozen=True)
class Post:
    """A row of `Position`, as far as lines go."""

    id: UUID
    reports_to: UUID | None = None
    succeeded_by: UUID | None = None
    since: date | None = None
    until: date | None = None


def seats(posts: Mapping[UUID, Post]) -> dict[UUID, UUID]:
    """Each post's seat: the id of the last post in its line of succession."""
    return {post: last_of(post, posts) for post in posts}


def last_of(start: UUID, posts: Mapping[UUID, Post]) -> UUID:
    """The newest post of the seat `start` belongs to; safe on a loop in the data."""
    seen, post = {start}, posts[start]
    while post.succeeded_by and post.succeeded_by in posts and post.succeeded_by not in seen:
        seen.add(post.succeeded_by)
        post = posts[post.succeeded_by]
    return post.id


def boss_seats(posts: Mapping[UUID, Post]) -> dict[UUID, UUID | None]:
    """For every seat, the seat it reports to now."""
    seat = seats(posts)
    return {own: seat.get(boss) if (boss := posts[own].reports_to) else None for own in set(seat.values())}


class Lines:
    """Who reports to whom by seats, while lines are being drawn."""

    def __init__(self, posts: Mapping[UUID, Post]) -> None:
        self.seat = seats(posts)
        self.above = boss_seats(posts)

    def circle(self, post: UUID, boss: UUID) -> list[UUID]:
        """The chain from `boss` up to `post` if the line would close one, nearest first; empty if it would not."""
        chain = list[UUID]()
        step: UUID | None = self.seat[boss]
        while step is not None and step not in chain:
            chain.append(step)
            if step == self.seat[post]:
                return chain
            step = self.above.get(step)
        return []

    def is_drawn(self, post: UUID, boss: UUID) -> bool:
        """Whether the one reports to the other's seat already."""
        return self.above.get(self.seat[post]) == self.seat[boss]

    def draw(self, post: UUID, boss: UUID) -> None:
        self.above[self.seat[post]] = self.seat[boss]


def would_loop(post: UUID | None, boss: UUID, posts: Mapping[UUID, Post]) -> list[UUID]:
    """The chain from `boss` up to `post` if the line would close a circle, nearest first; empty if it would not."""
    if post is None or post not in posts or boss not in posts:
        return []
    return Lines(posts).circle(post, boss)


def holder_on(post: UUID, posts: Mapping[UUID, Post], day: date) -> UUID:
    """Who of the seat held it on `day`: a post in force, else the last one begun by then, else the first."""
    seat = seats(posts)
    line = sorted((p for p in posts.values() if seat[p.id] == seat[post]), key=lambda p: p.since or date.min)
    held = [p for p in line if holds_on(p.since, p.until, day)]
    begun = [p for p in line if (p.since or date.min) <= day]
    return (held or begun or line)[-1 if held or begun else 0].id
