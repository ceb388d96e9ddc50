"""What a search looks people up in: one row for each post through which somebody is seen."""

from django.db import models

from accounts.calendar import days_for, on_each_day
from accounts.models import Account
from accounts.search_key import fold
from records.fields import SearchKeyField, SortKeyField
from stakeholders.dialling import dialled
from stakeholders.in_force import lasting_on
from stakeholders.models.stakeholder import Stakeholder
from users.models import User

WORDS = 8


class SearchEntryQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "SearchEntryQuerySet":
        """Those that tell this user of somebody today."""
        entries = self.on_each_day_of(user)
        return entries if user.sees_everything else entries.filter(account__in=Account.objects.visible_to(user))

    def on_each_day_of(self, user: User) -> "SearchEntryQuerySet":
        """Entries of posts in force where the account is."""
        return self.filter(on_each_day(days_for(user), lasting_on))

    def telling(self, text: str) -> "SearchEntryQuerySet":
        """Every word of `text` somewhere in the lines; a phone number may be typed with or without what parts it."""
        folded, digits = fold(text), dialled(text)
        if digits:
            return self.filter(models.Q(lines__contains=digits) | models.Q(lines__contains=folded))
        entries = self
        for word in folded.split()[:WORDS]:
            entries = entries.filter(lines__contains=word)
        return entries


class SearchEntry(models.Model):
    """A person as one account's readers know them: every name in every reading, the ways to reach them, and the title
    and unit of one post there. Derived: rebuilt by `stakeholders.entries`, never edited.

    All that it tells it tells to whoever sees its account. So nobody is found by a post out of the reader's sight, and
    several words are looked up in one row.
    """

    seat = models.UUIDField(primary_key=True)  # the post's id, or the person's own who has none
    stakeholder = models.ForeignKey(Stakeholder, models.CASCADE, related_name="search_entries")
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    # Whose turn it is among those found alike: key persons of this account, others, whoever has left; then by name.
    standing = models.PositiveSmallIntegerField()
    sort_key = SortKeyField(max_length=200)

    # What most people type, each with an index of its own: the name as written, by its sound, and by its initials.
    name = SortKeyField(max_length=120)
    pinyin = SortKeyField(max_length=120)
    initials = SortKeyField(max_length=120)
    lines = SearchKeyField()

    objects = SearchEntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["name", "standing"], name="search_entry_by_name"),
            models.Index(fields=["pinyin", "standing"], name="search_entry_by_pinyin"),
            models.Index(fields=["initials", "standing"], name="search_entry_by_initials"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.account_id}"
