"""What lists and files know of accounts and their units."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Account, Opportunity, OrgUnit
from records.record_types import OWN_KEY, Column, Kind, Option, RecordType, Row


def choice(name: str, choices: type[models.TextChoices]) -> Any:
    """A choice by its label in the reader's language."""
    labels = dict(choices.choices)
    return lambda row: labels.get(row[name], row[name])


def parted(row: Row) -> list[str]:
    """Other names, one by one."""
    return [name.strip() for name in row["other_names"].split(",") if name.strip()]


ACCOUNTS = RecordType(
    name="accounts",
    label=_("Accounts"),
    model=Account,
    columns=(
        Column(
            "name",
            _("Account"),
            headers=(
                "Account Name",
                "Company Name",
                "Company",
                "Organization",
                "Name",
                "客户名称",
                "公司名称",
                "单位名称",
            ),
            order=("sort_key", "id"),
            is_required=True,
        ),
        Column("short_name", _("Short name"), headers=("Abbreviation", "简称", "客户简称")),
        Column("other_names", _("Other names"), Kind.LIST, headers=("Aliases", "别名"), told=parted),
        Column(
            "tier",
            _("Tier"),
            Kind.CHOICE,
            headers=("Account Tier", "Customer Level", "级别", "等级"),
            choices=Account.Tier,
            told=choice("tier", Account.Tier),
            order=("tier_rank", "sort_key", "id"),
        ),
        Column("industry", _("Industry"), headers=("Sector", "行业")),
        Column("region", _("Region"), headers=("Billing State/Province", "State/Region", "Territory", "区域", "地区")),
        Column(
            "owner",
            _("First responsible"),
            Kind.RECORD,
            headers=("Account Owner", "Company owner", "Owner", "负责人", "客户经理"),
            needs=("owner__full_name",),
        ),
        Column("team", _("Supporting team"), Kind.RECORD, headers=("Team", "团队"), needs=("team__name",)),
        Column(
            "status",
            _("Status"),
            Kind.CHOICE,
            headers=("状态",),
            choices=Account.Status,
            told=choice("status", Account.Status),
        ),
        Column("is_public_sector", _("Public sector"), Kind.FLAG, headers=("Government", "公共部门")),
        # In lists and files out the view fills `group_name`, since a reader may not see the group company.
        Column(
            "parent",
            _("Group company"),
            Kind.RECORD,
            headers=("Parent Account", "Parent company", "上级客户", "上级单位", "母公司", "集团"),
            needs=("group_name",),
        ),
        Column("website", _("Website"), headers=("Company Domain Name", "Web Page", "网址", "网站", "官网")),
        Column("address", _("Address"), headers=("Billing Street", "Street Address", "地址")),
        Column("time_zone", _("Time zone"), headers=("时区",)),
        Column("notes", _("Notes"), headers=("Description", "备注", "说明")),
        Column("created", _("Added"), Kind.MOMENT, needs=("created_at",), order=("created_at", "id"), is_read=False),
        Column("changed", _("Changed"), Kind.MOMENT, needs=("updated_at",), order=("updated_at", "id"), is_read=False),
        Column(
            "external_id",
            _("Key elsewhere"),
            headers=(*OWN_KEY, "Account ID", "Record ID", "ID", "编号"),
            is_shown=False,
        ),
    ),
    options=(
        Option(
            "owner_unknown",
            _("A first responsible whom nobody here knows"),
            (("refuse", _("The row is refused")), ("me", _("I answer for the account"))),
        ),
    ),
)

# Everything that belongs to accounts may come in for one of them as a whole.
WHOSE = Option("account", _("Rows without an account belong to"), model=Account)

ORG_UNITS = RecordType(
    name="units",
    label=_("Units"),
    model=OrgUnit,
    columns=(
        Column(
            "account",
            _("Account"),
            Kind.RECORD,
            headers=("Account Name", "Company", "客户名称", "公司"),
            needs=("account__name",),
        ),
        Column(
            "name",
            _("Unit"),
            headers=("Unit Name", "Department", "部门", "部门名称", "名称"),
            order=("account_id", "tree_key", "id"),
            is_required=True,
        ),
        # A name, or the way down from the root: "Head office / IT / Network".
        Column(
            "parent",
            _("Belongs to"),
            Kind.RECORD,
            headers=("Parent Unit", "Parent Department", "上级部门", "上级部门名称"),
            needs=("parent__name",),
        ),
        Column("function", _("Function"), headers=("职能",)),
        Column("other_names", _("Other names"), Kind.LIST, headers=("Aliases", "别名"), told=parted),
        Column(
            "external_id",
            _("Key elsewhere"),
            headers=(*OWN_KEY, "Unit ID", "Department ID", "ID", "部门编号", "部门编码"),
            is_shown=False,
        ),
    ),
    options=(WHOSE,),
)

OPPORTUNITIES = RecordType(
    name="opportunities",
    label=_("Opportunities"),
    model=Opportunity,
    columns=(
        Column("name", _("Opportunity"), order=("sort_key", "id"), is_required=True),
        Column("account", _("Account"), Kind.RECORD, needs=("account__name",)),
        Column("business_domain", _("Business domain")),
        Column("stage", pgettext_lazy("opportunity", "Stage")),
        Column("value", _("Value"), Kind.NUMBER),
        Column("currency", _("Currency")),
        Column("expected_close_on", _("Expected close"), Kind.DAY, order=("ends_on", "id")),
        Column(
            "outcome",
            _("Outcome"),
            Kind.CHOICE,
            choices=Opportunity.Outcome,
            told=lambda row: dict(Opportunity.Outcome.choices).get(row["outcome"], ""),
        ),
        Column("closed_on", _("Closed on"), Kind.DAY),
        Column("lost_to", _("Lost to"), Kind.RECORD, needs=("lost_to__name",)),
        Column("outcome_reason", _("Why")),
        Column("owner", _("First responsible"), Kind.RECORD, needs=("account__owner__full_name",)),
        Column("created", _("Added"), Kind.MOMENT, needs=("created_at",), is_read=False),
        Column("changed", _("Changed"), Kind.MOMENT, needs=("updated_at",), is_read=False),
    ),
)
