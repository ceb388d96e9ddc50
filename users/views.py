"""Pages about ourselves: profile for everybody, users and teams for administrators."""

from collections import defaultdict
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pages.choices import suggest
from pages.htmx import toast
from pages.keyset import keyset
from records.editing import attempt, store
from users.choices import colleagues
from users.choices import teams as teams_to_choose
from users.forms import NewUserForm, ProfileForm, TeamForm, UserForm
from users.models import Team, User


def administrators_only(view):
    """Everybody else may know the page is there, and not open it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.is_administrator:
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return guarded


def answer(request: HttpRequest, template: str, context: dict, *, conflict=None) -> HttpResponse:
    """The form again: 409 when somebody was quicker, 422 when something is wrong, 200 when it was only asked for."""
    status = 409 if conflict else 422 if context["form"].is_bound else 200
    return render(request, template, {**context, "conflict": conflict}, status=status)


def edit(request: HttpRequest, form, rows, verb, template: str, done, told: str) -> HttpResponse:
    """The one way an edit form of this app goes: check, store under the version, tell, lead on."""
    conflict = None
    if form.is_bound and form.is_valid():
        conflict = store(form, rows, form.instance.pk, verb)
        if not conflict and not form.errors:
            toast(request, told)
            return redirect(done)
    return answer(request, template, {"form": form, "subject": form.instance}, conflict=conflict)


def profile(request: HttpRequest) -> HttpResponse:
    """One's own name, phone, language and zone; password and sessions are a link away."""
    form = ProfileForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    return edit(
        request,
        form,
        User.objects.present(),
        lambda user: user.change_own(by=request.user, **form.values()),
        "users/profile.html",
        "users:profile",
        _("Your profile is saved."),
    )


@require_safe
def choices(request: HttpRequest) -> HttpResponse:
    """Colleagues who fit what somebody types; they are no secret between each other."""
    return suggest(request, colleagues())


@require_safe
def team_choices(request: HttpRequest) -> HttpResponse:
    """Teams that fit what somebody types."""
    return suggest(request, teams_to_choose())


@administrators_only
def users(request: HttpRequest) -> HttpResponse:
    """Everybody who signs in, or did."""
    rows = User.objects.present().select_related("team")
    text = request.GET.get("q", "").strip()[:100]
    if text:
        rows = rows.filter(full_name__icontains=text) | rows.filter(email__icontains=text)
    page = keyset(rows, ("full_name", "id"), request.GET.get("cursor"), 50)
    return render(request, "users/list.html", {"page": page, "query": text})


@administrators_only
def create(request: HttpRequest) -> HttpResponse:
    """A new colleague."""
    form = NewUserForm(request.POST or None)
    if form.is_bound and form.is_valid():
        user = attempt(form, lambda: User.objects.create_user(by=request.user, **form.values()))
        if user:
            toast(request, _("%(name)s can sign in now.") % {"name": user})
            return redirect("users:list")
    return answer(request, "users/edit.html", {"form": form, "subject": None})


@administrators_only
def change(request: HttpRequest, pk) -> HttpResponse:
    """Rank, team, rights, language; somebody inactive cannot sign in."""
    form = UserForm(request.POST or None, instance=get_object_or_404(User.objects.present(), pk=pk))
    return edit(
        request,
        form,
        User.objects.present(),
        lambda user: user.change(by=request.user, **form.values()),
        "users/edit.html",
        "users:list",
        _("Saved."),
    )


@administrators_only
def teams(request: HttpRequest) -> HttpResponse:
    """The team tree with leads and members; teams are few."""
    rows = Team.objects.present().select_related("lead").prefetch_related("members").order_by("name", "id")
    return render(request, "users/teams.html", {"teams": outline(rows)})


def outline(rows) -> list[tuple[int, Team]]:
    """The tree as (depth, team), children under their parent."""
    children = defaultdict(list)
    for team in rows:
        children[team.parent_id].append(team)

    def below(parent, depth: int) -> list[tuple[int, Team]]:
        return [pair for team in children[parent] for pair in [(depth, team), *below(team.pk, depth + 1)]]

    return below(None, 0)


@administrators_only
def create_team(request: HttpRequest) -> HttpResponse:
    """A new team."""
    form = TeamForm(request.POST or None)
    if form.is_bound and form.is_valid() and attempt(form, lambda: Team.add(by=request.user, **form.values())):
        toast(request, _("The team is there."))
        return redirect("users:teams")
    return answer(request, "users/edit_team.html", {"form": form, "subject": None})


@administrators_only
def change_team(request: HttpRequest, pk) -> HttpResponse:
    """Name, place in the tree, lead."""
    form = TeamForm(request.POST or None, instance=get_object_or_404(Team.objects.present(), pk=pk))
    return edit(
        request,
        form,
        Team.objects.present(),
        lambda team: team.change(by=request.user, **form.values()),
        "users/edit_team.html",
        "users:teams",
        _("Saved."),
    )
