"""What the gallery shows: every component's usage, read from its first line, and samples to fill it."""

from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.choices import SUGGESTED, Choices, SearchedChoiceField, plain
from pages.conflict import Conflict, Difference
from pages.forms import ChipCheckboxes, ChipRadios, DayInput, SearchInput
from pages.keyset import Page

LONG = "Wolfeschlegelsteinhausenbergerdorff-Ramanathapuram 欧阳娜仁托娅·阿卜杜热合曼"
COLOURS = ("paper", "surface", "wash", "line", "edge", "muted", "ink", "accent", "good", "soon", "late")
DISMISSAL = [("known", _("We know")), ("leaving", _("Leaves soon")), ("partner", _("Met by a partner"))]
TIERS = [("", "—"), ("key", _("Key")), ("strategic", _("Strategic"))]
FAMILIES = (("Wang", "王"), ("Li", "李"), ("Zhou", "周"), ("Sun", "孙"))
GIVEN = (("Wei", "伟"), ("Min", "敏"), ("Na", "娜"), ("Jing", "静"))
PEOPLE = [("1", "Liu Yang 刘洋"), ("2", "Zhao Xin 赵欣"), ("3", LONG), ("4", "Tang Rui 唐睿")]
SCORES = {"1": {"score": 2, "key": True}, "2": {"score": 1}, "3": {"score": -1, "expired": True}, "4": {"score": None}}


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(
        label=_("Name"), max_length=200, help_text=_("In any script; the other one goes to “other names”.")
    )
    email = forms.EmailField(label=_("E-mail"))
    tier = forms.ChoiceField(label=_("Tier"), choices=TIERS, required=False)
    since = forms.DateField(label=_("Since"), widget=DayInput, required=False)
    people = forms.MultipleChoiceField(label=_("Who was there"), choices=PEOPLE, widget=ChipCheckboxes(marks=SCORES))
    why = forms.ChoiceField(label=_("Why"), choices=DISMISSAL, widget=ChipRadios)
    note = forms.CharField(label=_("Note"), widget=forms.Textarea, required=False)
    watched = forms.BooleanField(
        label=_("Watch this person"), required=False, help_text=_("Alerts also without a role.")
    )


class SampleDismissal(forms.Form):
    """A form small enough for a dialog."""

    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("Your team reads this."))


class SampleChoices(Choices):
    """People enough for a search, without a database."""

    def __init__(self, url: str) -> None:
        pairs = product(FAMILIES, GIVEN, range(4))
        people = [f"{family} {given} {han}{sign}" for (family, han), (given, sign), _twin in pairs]
        rows = [SimpleNamespace(pk=number, name=name) for number, name in enumerate([LONG, *people])]
        super().__init__(rows, url)

    def label(self, record: Any) -> str:
        return record.name

    def tell_apart(self, records: list[Any]) -> dict[Any, str]:
        return {record.pk: f"Hengtong Bank · {LONG if record.pk == 0 else record.pk}" for record in records}

    def search(self, text: str) -> list[Any]:
        return [record for record in self.rows if plain(text) in plain(record.name)]

    def look_up(self, value: Any) -> Any:
        return next((record for record in self.rows if str(record.pk) == str(value)), None)

    def count_beyond(self, rows: Any) -> int:
        return len(rows) - SUGGESTED


class SampleSearch(forms.Form):
    """One of many."""

    boss = SearchedChoiceField(label=_("Reports to"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["boss"].offer(SampleChoices(reverse("pages:sample_choices")))


class SampleFilters(forms.Form):
    """A bar over a list."""

    q = forms.CharField(
        label=_("Search"), required=False, widget=SearchInput(attrs={"placeholder": _("Name, 拼音, phone …")})
    )
    tier = forms.ChoiceField(label=_("Tier"), choices=TIERS, required=False)
    quiet = forms.BooleanField(label=_("Gone quiet"), required=False)


def context(request: HttpRequest) -> dict[str, Any]:
    now = timezone.now()
    return {
        "colours": COLOURS,
        "usage": usage(),
        "scores": [-1, 0, 1, 2, 3, None],
        "long": LONG,
        "people": people(),
        "tabs": tabs(),
        "form": SampleForm(initial={"people": ["1", "2"], "why": "known", "name": LONG}, prefix="fine"),
        "wrong": SampleForm({"wrong-name": "", "wrong-email": "liu.yang@", "wrong-people": ["9"]}, prefix="wrong"),
        "dismissal": SampleDismissal(prefix="dialog"),
        "filters": SampleFilters(request.GET or {"tier": "key"}),
        "columns": columns(),
        "table_rows": table_rows(),
        "facts": facts(),
        "entries": entries(now),
        "conflict": conflict(now),
        "middle": Page(rows=[1], next="next", previous="previous"),
        "found": found(),
        "searches": searches(),
    }


def searches() -> list[SampleSearch]:
    """Nothing chosen, somebody chosen, a text that fits several, and one that fits nobody."""
    return [
        SampleSearch(prefix="nobody"),
        SampleSearch(prefix="somebody", initial={"boss": 0}),
        SampleSearch({"several-boss_text": "wang wei"}, prefix="several"),
        SampleSearch({"none-boss_text": "Xerxes"}, prefix="none"),
    ]


def usage() -> dict[str, str]:
    """The arguments of each component, as its own first line names them."""
    folder = Path(settings.BASE_DIR) / "templates" / "components"
    return {path.stem: first_line(path) for path in sorted(folder.glob("*.html"))}


def first_line(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.readline().strip().removeprefix("{#").removesuffix("#}").strip()


def people() -> list[dict[str, Any]]:
    bank = "Hengtong Bank"
    return [
        person(
            "Li Wei 李伟", "CFO", f"{bank} · approver, stance fell in September", -1, ("lost", 41, 20), "A", key=True
        ),
        person("He Jing 何静", "Procurement", f"{bank} · never met, known for 60 days", None, ("never", 60, 45), "I"),
        person("Dr. Feng 冯立", "IT director", "First Hospital · bid closed", 1, ("stale", 52, 30), expired=True),
        person("Wang Gang 王刚", "Architecture", f"{bank} · evaluator", 2, ("due", 18, 20), "ES", key=True),
        person("Sun Li 孙丽", "Head of operations", f"{bank} · coach", 3, ("fresh", 3, 20), "ES", disputed=True),
        person(LONG, "Vice president for network evaluation and procurement", LONG * 2, 0, ("new", None, 60)),
    ]


def person(
    name: str,
    title: str,
    why: str,
    score: int | None,
    clock: tuple[str, int | None, int],
    roles: str = "",
    **marks: bool,
) -> dict[str, Any]:
    """A row's arguments; the first role is the primary one."""
    state, days, gap = clock
    held = [(letter, place == 0) for place, letter in enumerate(roles)]
    told = {"name": name, "title": title, "why": why, "score": score, "roles": held}
    return told | {"state": state, "days": days, "gap": gap, "marks": marks}


def tabs() -> list[dict[str, Any]]:
    names = [(_("Overview"), None), (_("People"), 42), (_("Activity"), None), (_("History"), None)]
    return [
        {"label": name, "url": "#", "current": place == 1, "count": count} for place, (name, count) in enumerate(names)
    ]


def columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Account"), "sort": "?sort=name", "sorted": "ascending"},
        {"label": _("Tier"), "sort": "?sort=tier"},
        {"label": _("People"), "number": True},
        {"label": _("Region")},
    ]


def table_rows() -> list[list[Any]]:
    return [
        ["Hengtong Bank 恒通银行", _("Strategic"), 42, "North"],
        ["Metro Group 地铁集团", _("Key"), 18, ""],
        [LONG, _("Standard"), 1204, "西北"],
    ]


def facts() -> list[tuple[Any, Any]]:
    return [
        (_("First responsible"), "Ann Berger"),
        (_("Supporting team"), "北方销售一部"),
        (_("Region"), ""),
        (_("Website"), "https://hengtong.example"),
        (_("Notes"), LONG),
    ]


def entries(now: datetime) -> list[dict[str, Any]]:
    return [
        {
            "when": now + timedelta(days=2),
            "title": _("Technical exchange"),
            "state": "planned",
            "people": "Liu Yang 刘洋, Zhao Xin 赵欣",
        },
        {
            "when": now,
            "title": _("Visit"),
            "state": "done",
            "people": LONG,
            "text": "They move the core to 2026.\n预算下月批。",
            "by": "Ann Berger",
        },
        {"when": now - timedelta(days=400), "title": _("Meal"), "state": "missed", "people": "He Jing 何静"},
    ]


def conflict(now: datetime) -> Conflict:
    return Conflict(
        [
            Difference(
                str(_("Title")),
                "id_fine-name",
                "Head of operations",
                "Head of operations and security",
                "Head of operations and security",
            ),
            Difference(str(_("Note")), "id_fine-note", "Moves in May.\nAsk again.", "—", ""),
            Difference(str(_("Roles")), "", "E, S", "E", None),
        ],
        by="Ben Carter",
        at=now,
    )


def found() -> list[dict[str, Any]]:
    return [
        {
            "label": _("People"),
            "options": [
                {"url": "#", "name": "Wang Wei 王伟", "why": "CFO · Metro Group", "score": 2, "key": True},
                {"url": "#", "name": LONG, "why": LONG, "score": None},
            ],
        },
        {"label": _("Accounts"), "options": [{"url": "#", "name": "Wanda Bank 万达银行", "why": "Key · Banking"}]},
    ]
