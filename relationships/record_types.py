"""What lists and files know of interactions and next steps."""

from typing import Any

from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from accounts.record_types import WHOSE
from records.record_types import OWN_KEY, Column, Kind, Option, RecordType, Row
from relationships.models import Action, ActivityType, Interaction


def choice(name: str, choices: type[models.TextChoices]) -> Any:
    """A choice by its label in the reader's language."""
    labels = dict(choices.choices)
    return lambda row: labels.get(row[name], row[name])


def activity(row: Row) -> str:
    """The kind of activity in the reader's language, else in the other."""
    texts = (row["activity_type__label_en"] or "", row["activity_type__label_zh"] or "")
    first, second = reversed(texts) if (get_language() or "").startswith("zh") else texts
    return first or second


ACTIVITY = ("activity_type__label_en", "activity_type__label_zh")
ACCOUNT = Column(
    "account",
    _("Account"),
    Kind.RECORD,
    headers=("Account Name", "Company", "Company / Account", "Associated Company", "客户名称", "公司"),
    needs=("account__name",),
)

ATTENDEES = (
    "Contacts", "Contact", "Associated Contact", "Attendees", "Name", "人员", "参与人", "参与人员", "参加人", "联系人",
    "拜访对象", "客户人员",
)  # fmt: skip
WORDS = (
    "Comments", "Full Comments", "Notes", "Body", "Description", "内容", "摘要", "纪要", "拜访内容", "跟进内容", "备注",
)  # fmt: skip


def read(name: str, label: Any, kind: Kind, *headers: str, **values: Any) -> Column:
    """A column that a file brings and no list shows."""
    return Column(name, label, kind, headers=headers, is_shown=False, **values)


INTERACTIONS = RecordType(
    name="interactions",
    label=_("Interactions"),
    model=Interaction,
    columns=(
        Column(
            "held_on",
            _("Day"),
            Kind.DAY,
            headers=("Date", "Activity Date", "Start Date", "日期", "拜访日期", "拜访时间", "时间", "跟进时间"),
            order=("held_on", "id"),
            is_required=True,
        ),
        Column(
            "type",
            _("Activity"),
            Kind.RECORD,
            headers=("Type", "Activity Type", "类型", "活动类型", "拜访方式", "跟进方式"),
            needs=ACTIVITY,
            told=activity,
        ),
        ACCOUNT,
        # The list adds the names of those who took part.
        Column("people", _("People"), Kind.LIST, headers=ATTENDEES, needs=("people",)),
        Column(
            "author",
            _("Author"),
            Kind.RECORD,
            headers=(
                "Owner",
                "Assigned To",
                "Assigned",
                "Activity assigned to",
                "Created By",
                "负责人",
                "作者",
                "拜访人",
                "跟进人",
            ),
            needs=("author__full_name",),
        ),
        Column(
            "state",
            _("State"),
            Kind.CHOICE,
            headers=("Status", "状态"),
            choices=Interaction.State,
            told=choice("state", Interaction.State),
        ),
        Column("objective", _("Objective"), headers=("Purpose", "Subject", "目的")),
        Column("summary", pgettext_lazy("of an interaction", "Summary"), headers=WORDS),
        Column(
            "value_given",
            _("What they got"),
            Kind.CHOICE,
            headers=("Value", "客户价值"),
            choices=Interaction.Value,
            told=choice("value_given", Interaction.Value),
        ),
        Column("place", _("Place"), headers=("Location", "地点")),
        Column(
            "created",
            _("Written down"),
            Kind.MOMENT,
            needs=("created_at",),
            order=("created_at", "id"),
            is_read=False,
        ),
        # What a file brings, and a list has no room for.
        read("colleagues", _("Colleagues"), Kind.LIST, "Our attendees", "同行人", "我方人员"),
        read("favour_asked", _("Favour asked"), Kind.FLAG, "求助"),
        read("asked_by_them", _("It was their wish"), Kind.FLAG, "客户邀约"),
        read("is_answered", _("They answered"), Kind.FLAG, "Answered", "已回复"),
        read("called_off_by", _("Called off by"), Kind.CHOICE, "Cancelled by", "取消方", choices=Interaction.Side),
        read("external_id", _("Key elsewhere"), Kind.TEXT, *OWN_KEY, "Activity ID", "Record ID", "ID", "编号"),
    ),
    options=(
        WHOSE,
        Option("type", _("Activities of an unknown kind are"), model=ActivityType),
        Option(
            "person_unknown",
            _("People whom nobody here knows"),
            (("refuse", _("The row is refused")), ("create", _("They are added, with the name alone"))),
        ),
        Option(
            "author_unknown",
            _("Authors whom nobody here knows"),
            (
                ("note", _("I am the author; their name is kept in the note")),
                ("user", _("An administrator makes them users who cannot sign in")),
            ),
        ),
    ),
)


ACTIONS = RecordType(
    name="actions",
    label=_("Next steps"),
    model=Action,
    columns=(
        Column("title", _("Next step"), headers=("Task", "Subject", "任务", "事项"), is_required=True),
        ACCOUNT,
        Column("person", _("Person"), Kind.RECORD, headers=("Contact", "联系人"), needs=("stakeholder__name",)),
        Column(
            "owner",
            _("Who does it"),
            Kind.RECORD,
            headers=("Owner", "Assigned To", "负责人"),
            needs=("owner__full_name",),
        ),
        Column("due_on", _("Due"), Kind.DAY, headers=("Due Date", "截止日期"), order=("due_on", "id")),
        Column("first_due_on", _("First due"), Kind.DAY, is_read=False),
        Column("done_on", _("Done"), Kind.DAY, headers=("Completed Date", "完成日期")),
        Column("result", _("Result"), headers=("Outcome", "结果")),
        Column(
            "created",
            _("Written down"),
            Kind.MOMENT,
            needs=("created_at",),
            order=("created_at", "id"),
            is_read=False,
        ),
    ),
)
