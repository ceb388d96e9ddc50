"""Light and dark: chosen by a plain form, kept on the device, told to every page."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

HERE = "http://testserver/people/"


@pytest.fixture
def device(client, ann):
    client.force_login(ann)
    return client


def choose(device, theme, came_from=HERE):
    return device.post(reverse("pages:theme"), {"theme": theme}, headers={"referer": came_from})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_kept_and_leads_back(device, theme):
    answer = choose(device, theme)

    page = device.get("/").content.decode()
    assert answer.url == HERE
    assert f'data-theme="{theme}"' in page
    assert f'value="{theme}" aria-pressed="true"' in page
    assert page.count('name="theme"') == 3
    assert page.count('aria-pressed="true"') == 1


def test_the_device_decides_again(device):
    choose(device, "dark")
    choose(device, "")

    page = device.get("/").content.decode()
    assert "data-theme" not in page
    assert 'value="" aria-pressed="true"' in page


@pytest.mark.parametrize("theme", ["", "sepia", '"><script>'])
def test_what_is_no_theme_is_none(device, theme):
    device.cookies["theme"] = theme

    assert "data-theme" not in device.get("/").content.decode()


def test_it_leads_to_no_other_place(device):
    assert choose(device, "dark", "https://elsewhere.example/").url == "/"


def test_pages_without_session_know_it_too(client):
    client.cookies["theme"] = "dark"

    for address in ("/auth/login/", "/accounts/%00/"):
        assert 'data-theme="dark"' in client.get(address).content.decode()
