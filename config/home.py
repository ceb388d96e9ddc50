"""The first page: My week, one's own or the team's."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config import week
from pages.htmx import target


def home(request: HttpRequest) -> HttpResponse:
    """Whom do I see this week, and why; a manager first sees the team's week, grouped by rep."""
    user = request.user
    may_see_team = user.leads_a_team or user.sees_everything
    is_team = may_see_team and request.GET.get("of", "team") == "team"
    context = {"may_see_team": may_see_team, "is_team": is_team, **lines(week.reach(user, team=is_team), is_team)}
    template = "config/_week.html" if target(request) == "week" else "config/home.html"
    return render(request, template, context)


def lines(within: week.Reach, is_team: bool) -> dict:
    """Every list of the page."""
    quiet, due = week.gone_quiet(within), week.due(within)
    context = {
        "today": within.today,
        "quiet": by_owner(quiet) if is_team else [(None, quiet)] if quiet else [],
        "quiet_count": len(quiet),
        "due": by_owner(due) if is_team else [(None, due)] if due else [],
        "due_count": len(due),
        "most": week.MOST,
        "too_often": week.too_often(within),
        "coming": week.coming_visits(within),
        "missed": week.missed_visits(within),
        "steps": week.next_steps(within),
        "unfinished": week.unfinished(within),
        "care": week.care(within),
    }
    names = ("quiet", "due", "too_often", "coming", "missed", "steps", "unfinished", "care")
    return context | {"is_empty": not any(context[name] for name in names)}


def by_owner(found: list[week.PersonLine]) -> list[tuple]:
    """Grouped by the first responsible; within a group the order stays, and so does the order of each group's first."""
    order = {line.owner: place for place, line in reversed(list(enumerate(found)))}
    ranked = sorted(found, key=lambda line: order[line.owner])
    return [(owner, list(group)) for owner, group in groupby(ranked, key=lambda line: line.owner)]
