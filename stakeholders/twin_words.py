"""Why two people may be one, in words that name only what the reader sees."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from stakeholders.likeness import Why

WORDS = {
    Why.EMAIL: gettext_lazy("same e-mail address"),
    Why.MOBILE: gettext_lazy("same mobile number"),
    Why.MESSENGER: gettext_lazy("same WeChat name"),
    Why.NAME: gettext_lazy("same name"),
    Why.PHONE: gettext_lazy("same phone number"),
    Why.SPELLING: gettext_lazy("almost the same name"),
    Why.SOUND: gettext_lazy("names that sound alike"),
    Why.GROUP: gettext_lazy("same group company"),
    Why.MOVED: gettext_lazy("one of them has left"),
    Why.TITLE: gettext_lazy("same title"),
}


def in_words(reasons: Iterable[str], one: dict[str, Any], other: dict[str, Any]) -> str:
    """The reasons in a line; `one` and `other` are rows of `listing`, which know what the reader may know."""
    told = [phrase(Why(why), one, other) for why in reasons]
    line = pgettext("between names", ", ").join(told)
    return line[:1].upper() + line[1:]


def phrase(why: Why, one: dict[str, Any], other: dict[str, Any]) -> str:
    """One reason."""
    if why is Why.SCRIPTS:
        return f"{one['name']} / {other['name']}"
    if why is Why.NAME and one["account"] and other["account"] and one["account_id"] != other["account_id"]:
        places = {"one": one["account"], "other": other["account"]}
        return _("same name at %(one)s and %(other)s") % places
    return str(WORDS[why])
