"""Search over every app that has something to find, as a page and as suggestions while typing."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.choices import described
from accounts.choices import likeliest as likeliest_accounts
from accounts.models import Account
from accounts.search_key import fold
from pages.addresses import page_of, place
from pages.htmx import target
from relationships.log_choices import recently_logged_at, recently_met
from stakeholders.likeliest import likeliest
from stakeholders.listing import listed, shown
from stakeholders.models import Stakeholder
from stakeholders.sight import Sight

ON_PAGE, SUGGESTED = 30, 6
LONGEST = 100


def search(request: HttpRequest) -> HttpResponse:
    """Accounts and people by name in either script, pinyin, initials, phone, e-mail, title, unit."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    into = target(request)
    suggesting = into.endswith("-results")
    groups = found(request.user, text, SUGGESTED if suggesting else ON_PAGE) if fold(text) else recent(request.user)
    context = {"query": text, "groups": groups, "is_empty": not any(group["options"] for group in groups)}
    if suggesting:
        context["more_url"] = f"{place('config:search')}?{urlencode({'q': text})}" if text else ""
        return render(request, "components/search_results.html", context)
    return render(request, "config/_found.html" if into == "found" else "config/search.html", context)


def found(user, text: str, most: int) -> list[dict]:
    """What this user may see and the text finds, the likeliest first."""
    sight = Sight(user)
    people = ordered_people(sight, likeliest(text, sight, most))
    return [people_group(people, text), accounts_group(likeliest_accounts(user, text)[:most], text)]


def ordered_people(sight: Sight, ids: list[UUID]) -> list[dict]:
    """Rows of these people, who are seen, in this order."""
    people = Stakeholder.objects.present().filter(pk__in=ids)
    rows = {row["id"]: row for row in shown(list(listed(people, sight)), sight)}
    return [rows[pk] for pk in ids if pk in rows]


def recent(user) -> list[dict]:
    """Nothing typed yet: whom one met last and where, filled up with what changed last among one's own."""
    mine = Account.objects.mine(user).order_by("-updated_at")
    changed = Stakeholder.objects.current().filter(account__in=mine.order_by()).order_by("-updated_at")
    people = several(recently_met(user), changed)
    sight = Sight(user)
    # Whoever is seen has an entry in sight; by these few no database thinks of looking through all posts first.
    seen = set(sight.entries().filter(stakeholder__in=people).values_list("stakeholder", flat=True))
    people = ordered_people(sight, [pk for pk in people if pk in seen])
    ids = several(recently_logged_at(user), mine)
    accounts = Account.objects.visible_to(user).defer("notes").in_bulk(ids)
    return [people_group(people), accounts_group(accounts[pk] for pk in ids if pk in accounts)]


def several(first: list[UUID], rest: QuerySet) -> list[UUID]:
    """A few ids, the first ones first."""
    more = rest.exclude(pk__in=first).values_list("pk", flat=True)[:SUGGESTED] if len(first) < SUGGESTED else ()
    return [*first, *more][:SUGGESTED]


def people_group(rows, text: str = "") -> dict:
    """People as search results, guests by the post through which they are seen."""
    return {"label": _("People"), "options": [person_option(row, text) for row in rows]}


def person_option(row: dict, text: str) -> dict:
    """One person; scores are not assessed yet."""
    why = " · ".join(part for part in (row["title"], row["account"], _("has left") if row["has_left"] else "") if part)
    url = page_of("stakeholders:detail", row["id"])
    return {"url": url, "name": marked(row["name"], text), "why": why, "score": None, "key": row["is_key"]}


def accounts_group(accounts, text: str = "") -> dict:
    """Accounts as search results."""
    return {"label": _("Accounts"), "options": [account_option(account, text) for account in accounts]}


def account_option(account: Account, text: str) -> dict:
    """One account."""
    return {"url": account.get_absolute_url(), "name": marked(account.name, text), "why": described(account)}


def marked(name: str, text: str) -> str:
    """The name with the letters that were typed marked, where they stand in it as they were typed."""
    at = name.casefold().find(text.casefold()) if text else -1
    if at < 0 or len(name.casefold()) != len(name):
        return name
    end = at + len(text.casefold())
    return format_html("{}<mark>{}</mark>{}", name[:at], name[at:end], name[end:])
