"""A shelf of books with pages: a record that is its own account, a record of it, and a part."""

from django.db import models

from records.fields import SortKeyField
from records.history import Tracked
from records.models import Labelled, Part, Policy, Record, RecordQuerySet


class ShelfQuerySet(RecordQuerySet):
    def visible_to(self, user):
        """Whoever knows a shelf by name."""
        return self.filter(name__in=user.sees)


class Shelf(Record):
    """The account of this little world; shelves may stand inside shelves."""

    account_column = "id"

    name = models.CharField("name", max_length=80)
    inside = models.ForeignKey("self", models.PROTECT, null=True, blank=True)

    objects = ShelfQuerySet.as_manager()
    history = Tracked()

    def __str__(self) -> str:
        return self.name


class Book(Record):
    class Binding(models.TextChoices):
        PAPER = "paper", "Paperback"
        CLOTH = "cloth", "Hardcover"

    account_column = "shelf_id"
    sensitive_fields = frozenset({"gossip"})

    shelf = models.ForeignKey(Shelf, models.PROTECT, verbose_name="shelf")
    title = models.CharField("title", max_length=80)
    sort_key = SortKeyField(max_length=80, default="")
    binding = models.CharField("binding", max_length=8, choices=Binding.choices, default=Binding.PAPER)
    lent = models.BooleanField("lent", default=False)
    gossip = models.TextField("gossip", blank=True, default="")

    history = Tracked(excluded_fields=["sort_key"], read_by=["shelf"])

    def __str__(self) -> str:
        return self.title


class Page(Part):
    part_of = "book"

    book = models.ForeignKey(Book, models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField("number")
    text = models.CharField("text", max_length=80, blank=True, default="")

    history = Tracked()

    def __str__(self) -> str:
        return f"page {self.number}"


class Loan(Record):
    """A record that protects its book, and belongs to no account."""

    book = models.ForeignKey(Book, models.PROTECT)

    history = Tracked()


class Rules(Policy):
    days = models.PositiveIntegerField(default=30)

    history = Tracked()


class Genre(Labelled, Record):
    history = Tracked()
