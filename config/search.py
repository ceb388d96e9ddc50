"""Search over every app that has something to find, as a page and as suggestions while typing."""

from django.db.models import Case, Q, SmallIntegerField, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.models import Account
from accounts.search_key import fold
from pages.htmx import target
from stakeholders.listing import complete, listed
from stakeholders.models import Stakeholder

ON_PAGE, SUGGESTED = 30, 6
LONGEST = 100


def search(request: HttpRequest) -> HttpResponse:
    """Accounts and people by name in either script, pinyin, initials, phone, e-mail, title, unit."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    into = target(request)
    suggesting = into.endswith("-results")
    groups = found(request.user, text, SUGGESTED if suggesting else ON_PAGE) if text else recent(request.user)
    context = {"query": text, "groups": groups, "is_empty": not any(group["options"] for group in groups)}
    if suggesting:
        context["more_url"] = f"{reverse('config:search')}?{urlencode({'q': text})}" if text else ""
        return render(request, "components/search_results.html", context)
    return render(request, "config/_found.html" if into == "found" else "config/search.html", context)


def found(user, text: str, most: int) -> list[dict]:
    """What this user may see and the text finds: names that begin with it first."""
    accounts = (
        Account.objects.visible_to(user)
        .search(text)
        .annotate(begins=begins(text))
        .order_by("-begins", "sort_key", "id")
    )
    people = Stakeholder.objects.visible_to(user).search(text, seen_by=user).annotate(begins=begins(text))
    people = listed(people, user).order_by("has_left", "-begins", "shown_rank", "sort_key", "id")
    return [people_group(user, people[:most]), accounts_group(accounts[:most])]


def begins(text: str) -> Case:
    """1 where a name, its pinyin, its initials or a number begins with the text, 0 where it stands inside one, or is
    said of a post."""
    folded = fold(text)
    start = Q(search_key__startswith=folded) | Q(search_key__contains=f"\n{folded}")
    return Case(When(start, then=1), default=0, output_field=SmallIntegerField())


def recent(user) -> list[dict]:
    """Nothing typed yet: what changed last among one's own."""
    mine = Account.objects.mine(user)
    people = listed(Stakeholder.objects.current().filter(account__in=mine).order_by("-updated_at"), user)
    return [people_group(user, people[:SUGGESTED]), accounts_group(mine.order_by("-updated_at")[:SUGGESTED])]


def people_group(user, rows) -> dict:
    """People as search results, guests by the post through which they are seen."""
    return {"label": _("People"), "options": [person_option(row) for row in complete(list(rows), user)]}


def person_option(row: dict) -> dict:
    """One person; scores are not assessed yet."""
    why = " · ".join(part for part in (row["title"], row["account"], _("has left") if row["has_left"] else "") if part)
    url = reverse("stakeholders:detail", args=[row["id"]])
    return {"url": url, "name": row["name"], "why": why, "score": None, "key": row["is_key"]}


def accounts_group(accounts) -> dict:
    """Accounts as search results."""
    return {"label": _("Accounts"), "options": [account_option(account) for account in accounts]}


def account_option(account: Account) -> dict:
    """One account."""
    why = " · ".join(str(part) for part in (account.get_tier_display(), account.industry, account.region) if part)
    return {"url": account.get_absolute_url(), "name": account.name, "why": why}
