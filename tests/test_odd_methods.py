"""Every named route is asked by every method: GET and HEAD agree, and what no page answers is refused to all alike."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.test_access import ACCESS, NAME_THE_ACCOUNT, arguments, routes, world  # noqa: F401

pytestmark = pytest.mark.django_db

ODD = ("PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Routes of packages whose arguments stand in a regular expression.
IN_EXPRESSIONS = {
    "account_confirm_email": {"key": "k"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "k"},
    "admin:app_list": {"app_label": "users"},
}
OF_PACKAGES = {"object_id": "1", "content_type_id": "1", "app_label": "users", "id": "1", "url": "x"}


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address_of(name: str, world: dict) -> str | None:  # noqa: F811
    """Any route's address; none for what has no name, or takes one that only its package knows."""
    if name in ACCESS:
        return reverse(name, kwargs=arguments(name, world))
    given = IN_EXPRESSIONS.get(name) or {each: OF_PACKAGES.get(each) for each in routes()[name]}
    return None if "unnamed" in name or None in given.values() else reverse(name, kwargs=given)


def told(response) -> tuple:
    """All that an answer lets one guess from."""
    return response.status_code, response.headers.get("Allow"), response.content


def refused(answers: set[tuple]) -> bool:
    """The one refusal for all, that names what the address does answer."""
    return len(answers) == 1 and all(status == 405 and allow for status, allow, _content in answers)


def test_no_route_answers_an_odd_method(world, ann, cleo):  # noqa: F811
    """Ours and those of packages; who asks makes no difference, nor does what they may see."""
    addresses = {name: address for name in routes() if (address := address_of(name, world))}
    asking = [*((Client(), method) for method in ODD), (signed_in(ann), "PUT"), (signed_in(cleo), "DELETE")]

    answered = [
        name
        for name, address in addresses.items()
        if not refused({told(client.generic(method, address)) for client, method in asking})
    ]

    assert answered == []
    assert len(addresses) > len(ACCESS) + 30  # those of packages are among them


def test_head_gets_what_get_gets_without_a_body(world, ann):  # noqa: F811
    client = signed_in(ann)
    addresses = [reverse(name, kwargs=arguments(name, world)) for name in ACCESS if ACCESS[name][0] == "get"]

    for address in addresses:
        asked, head = client.get(address), client.head(address)
        assert (head.status_code, head.getvalue()) == (asked.status_code, b""), address
