"""Every list of the product: the apps' own declarations, gathered."""

from django.http import Http404

from accounts.files import UNIT_LIST
from accounts.lists import ACCOUNT_LIST
from accounts.opportunity_list import OPPORTUNITY_LIST
from records.lists import Listing
from relationships.lists import ACTION_LIST, INTERACTION_LIST
from relationships.people_list import PEOPLE_LIST
from reviews.lists import ALERT_LIST
from stakeholders.seat_files import SEAT_LIST

LISTS: dict[str, Listing] = {
    each.name: each for each in (ACCOUNT_LIST, PEOPLE_LIST, OPPORTUNITY_LIST, INTERACTION_LIST, ACTION_LIST, ALERT_LIST)
}

# What files carry, in the order in which they come in: each names records of those before it.
FILES: dict[str, Listing] = {
    each.name: each for each in (ACCOUNT_LIST, UNIT_LIST, PEOPLE_LIST, SEAT_LIST, INTERACTION_LIST)
}


def list_named(name: str) -> Listing:
    """The list an address names, or 404."""
    if name not in LISTS:
        raise Http404
    return LISTS[name]


def file_named(name: str) -> Listing:
    """The list whose rows a file shall hold, or 404."""
    return FILES[name] if name in FILES else list_named(name)
