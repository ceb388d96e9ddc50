"""Pages keep to the content policy and to their size; components say what they take."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = Path(settings.BASE_DIR) / "templates"
STATIC = Path(settings.BASE_DIR) / "static"
FORBIDDEN = re.compile(
    r"""<style|\sstyle=|\son(click|change|submit|load|input|key\w+)=|href="javascript:|hx-on|hx-vals=['"]js:"""
)
INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)")


def compressed(*texts):
    return len(gzip.compress("".join(texts).encode(), 6))


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_no_template_breaks_the_content_policy(path):
    markup = path.read_text()

    assert not FORBIDDEN.search(markup)
    assert not INLINE_SCRIPT.search(markup)


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem)
def test_a_component_names_its_arguments_first(path):
    assert re.match(r"\{# .+ #\}$", path.read_text().splitlines()[0])


def test_every_stylesheet_is_imported_and_layered():
    imported = re.findall(r'@import "([\w-]+\.css)";', (STATIC / "css" / "two-eyes.css").read_text())

    names = sorted(path.name for path in (STATIC / "css").glob("*.css") if path.name != "two-eyes.css")
    assert sorted(imported) == names
    assert all("@layer" in (STATIC / "css" / name).read_text() for name in names)


def test_our_scripts_are_small():
    scripts = [path.read_text() for path in sorted((STATIC / "js").rglob("*.js"))]

    assert compressed(*scripts) <= 25_000


def test_our_icons_have_no_style():
    assert not any("style" in path.read_text() for path in (STATIC / "icons").glob("*.svg"))


def test_the_gallery_shows_every_component(client, ann):
    client.force_login(ann)

    page = client.get("/gallery/").content.decode()

    shown = set(re.findall(r'<p class="usage"><b>(\w+)</b>', page))
    drawn_inside = {"chips_widget", "head", "languages", "list_menu", "logo", "overlays", "sign_in_tabs", "user_menu"}
    drawn_inside |= {"bottom_bar", "menu_links", "theme_switch", "top_bar"}
    assert shown | drawn_inside == {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    assert compressed(page) <= 60_000


def test_nothing_is_there_says_the_same_whatever_was_asked_for(client, ann):
    client.force_login(ann)

    pages = {client.get(address).content for address in ("/nowhere/", "/else/where/?q=1", "/accounts/0/")}

    assert len(pages) == 1


def test_a_stale_form_is_told_so(client, ann, settings):
    client.handler.enforce_csrf_checks = True
    client.force_login(ann)

    response = client.post("/auth/logout/")

    assert response.status_code == 403
    assert "out of date" in response.content.decode()


def test_a_stale_form_that_htmx_sent_comes_fresh_and_says_why(client, ann):
    client.handler.enforce_csrf_checks = True
    client.force_login(ann)

    response = client.post("/interactions/log/", headers={"HX-Request": "true"})

    assert response["HX-Refresh"] == "true"
    assert "It is fresh now; send it again." in client.get("/interactions/log/").content.decode()


def test_the_icon_is_where_browsers_look(client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert (STATIC / response["Location"].removeprefix("/static/")).exists()


def test_a_stranger_chooses_the_language_of_the_sign_in_page(client, db):
    client.post("/language/", {"language": "zh-hans", "next": "/auth/login/"})

    assert '<html lang="zh-hans">' in client.get("/auth/login/").content.decode()
