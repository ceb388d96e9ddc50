"""What people and their posts are found by: the person's own lines, and those of each post beside it.

A post's title and unit are told to whoever sees its account, and a person may sit at two. So no key holds both: the
person's says who they are and how to reach them, the post's what they are there.
"""

from collections.abc import Iterable

from accounts.search_key import search_key


def key_of_person(name: str, other_names: str, contacts: Iterable[str]) -> str:
    """Every name in every reading, then the forms of each way to reach them."""
    others = other_names.replace("，", ",").replace("、", ",").split(",")
    return search_key([name, *others], sorted(contacts))


def key_of_post(title: str, unit: str) -> str:
    """The title and the unit's name."""
    return search_key([], [title, unit])


def forms_of_contact(value: str, normalised: str, *, is_phone: bool) -> list[str]:
    """What a way to reach somebody is looked up by: phones with and without country code, digits only."""
    if not is_phone:
        return [value]
    return [value, normalised, "".join(char for char in normalised if char.isdigit())]
