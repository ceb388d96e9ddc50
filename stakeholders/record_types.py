"""What lists and files know of people."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.record_types import WHOSE
from records.record_types import OWN_KEY, Column, Kind, RecordType, Row
from stakeholders.models import DecisionRole, Level, Position, Stakeholder


def level(row: Row) -> str:
    return dict(Level.choices).get(row["level"], row["level"])


def letters(row: Row) -> list[str]:
    """The roles held now, by their letters; the list adds them to its rows."""
    return [letter for letter, _is_primary in row["roles"] or ()]


def account_name(row: Row) -> str:
    return row["account__name"] or ""


DEPARTMENT = (
    "Department", "Organization Department", "Organization 1 - Department", "ORG.unit", "部门", "部门名称",
    "所在部门", "所属部门", "处室", "科室",
)  # fmt: skip
JOB_TITLE = (
    "Job Title", "Position", "Organization Title", "Organization 1 - Title", "TITLE", "职务", "职位", "职称", "头衔",
    "岗位",
)  # fmt: skip
PHONES = (
    "Phone Number", "Telephone", "Tel", "Business Phone", "Work Phone", "Office Phone", "Home Phone", "Primary Phone",
    "Other Phone", "Direct Phone", "Phone 1 - Value", "TEL", "TEL.work", "TEL.home", "TEL.main", "TEL.other", "电话",
    "固定电话", "座机", "办公电话", "单位电话", "联系电话", "电话号码", "商务电话", "住宅电话",
)  # fmt: skip
MOBILES = (
    "Mobile Phone", "Mobile Phone Number", "Cell Phone", "Cell", "TEL.cell", "手机", "手机号", "手机号码", "移动电话",
    "联系方式",
)  # fmt: skip
EMAILS = (
    "Email", "Email Address", "E-mail Address", "E-mail 1 - Value", "E-mail 2 Address", "Work Email", "EMAIL.work",
    "EMAIL.home", "EMAIL.other", "Personal Email", "邮箱", "电子邮箱", "电子邮件", "邮件", "邮箱地址", "电子邮件地址",
)  # fmt: skip
OTHERS = (
    "Other contact",
    "QQ",
    "Skype",
    "Telegram",
    "WhatsApp",
    "LinkedIn",
    "DingTalk",
    "QQ号",
    "钉钉",
    "其他联系方式",
)
PROFILE_HEADERS = {
    "responsibility": ("职责", "分管", "分管工作"),
    "authority": ("权限",),
    "interest": ("利益",),
    "concerns": ("Concerns", "关注点", "痛点"),
    "values": ("价值观",),
    "business_philosophy": ("经营理念",),
    "working_style": ("Work style", "工作风格", "工作作风"),
    "pastimes": ("Hobbies", "Interests", "爱好", "兴趣爱好", "兴趣"),
    "explicit_needs": ("Needs", "需求"),
    "implicit_needs": ("潜在需求",),
}


def read(name: str, label: Any, *headers: str, **values: Any) -> Column:
    """A column that a file brings and no list shows."""
    return Column(name, label, headers=headers, is_shown=False, **values)


# Rows come from `stakeholders.listing`, which shows a guest by the post in the viewer's sight.
PEOPLE = RecordType(
    name="people",
    label=_("People"),
    model=Stakeholder,
    columns=(
        Column(
            "name",
            pgettext_lazy("of a person", "Name"),
            headers=(
                "Full Name",
                "Display Name",
                "Contact Name",
                "FN",
                "姓名",
                "名字",
                "联系人",
                "联系人姓名",
                "客户姓名",
            ),
            order=("sort_key", "id"),
        ),
        Column(
            "account",
            _("Account"),
            Kind.RECORD,
            headers=(
                "Account Name",
                "Company",
                "Company Name",
                "Associated Company",
                "Organization",
                "Organization Name",
                "Organization 1 - Name",
                "ORG",
                "客户名称",
                "公司",
                "公司名称",
                "单位",
                "单位名称",
                "所属客户",
            ),  # fmt: skip
            needs=("account__name",),
            told=account_name,
            order=("shown_account", "sort_key", "id"),
        ),
        Column("unit", _("Unit"), Kind.RECORD, headers=DEPARTMENT, needs=("unit__name",)),
        Column("title", _("Title"), headers=JOB_TITLE, doubted=("Title",)),
        Column(
            "level",
            _("Level"),
            Kind.CHOICE,
            headers=("Seniority", "层级", "级别"),
            choices=Level,
            told=level,
        ),
        Column(
            "roles",
            _("Decision roles"),
            Kind.LIST,
            headers=("Role", "Buying Role", "决策角色", "角色"),
            needs=("roles",),
            told=letters,
            choices=DecisionRole.Letter,
        ),
        Column("is_key", _("Key person"), Kind.FLAG, order=("shown_rank", "sort_key", "id"), is_read=False),
        Column("is_watched", _("Watched"), Kind.FLAG, headers=("关注",)),
        Column(
            "counterpart",
            _("Counterpart"),
            Kind.RECORD,
            headers=("对口人",),
            needs=("counterpart__full_name",),
        ),
        Column("is_outsider", _("Outsider"), Kind.FLAG, headers=("外部人员",)),
        Column("has_left", _("Has left"), Kind.FLAG, is_read=False),
        Column(
            "created",
            _("Added"),
            Kind.MOMENT,
            needs=("created_at",),
            order=("created_at", "id"),
            is_read=False,
        ),
        Column(
            "changed",
            _("Changed"),
            Kind.MOMENT,
            needs=("updated_at",),
            order=("updated_at", "id"),
            is_read=False,
        ),
        # What a file brings, and a list has no room for.
        read("family_name", _("Family name"), "Last Name", "Surname", "N.family", "姓", "姓氏"),
        read("given_name", _("Given name"), "First Name", "Forename", "N.given", "名"),
        read("middle_name", _("Middle name"), "Additional Name", "中间名"),
        read(
            "other_names",
            _("Other names"),
            "Nickname",
            "English Name",
            "Alias",
            "别名",
            "英文名",
            "曾用名",
            kind=Kind.LIST,
        ),
        read("mobile", _("Mobile"), *MOBILES, is_several=True),
        read("phone", _("Phone"), *PHONES, is_several=True),
        read("email", _("E-mail"), *EMAILS, is_several=True),
        read("wechat", _("WeChat"), "WeChat ID", "Weixin", "X-WECHAT", "微信", "微信号", is_several=True),
        read("other_contact", _("Other ways to reach them"), *OTHERS, is_several=True),
        # A name, an e-mail address, or the key elsewhere; may come later in the file.
        read(
            "manager",
            _("Reports to"),
            "Manager",
            "Manager's Name",
            "Supervisor",
            "上级",
            "直接上级",
            "直属上级",
            "直属领导",
            "经理姓名",
            "汇报对象",
            "直属主管",
            kind=Kind.RECORD,
        ),
        read("since", _("In this post since"), "Start Date", "Since", "任职日期", "任职时间", kind=Kind.DAY),
        read("until", _("Left on"), "End Date", "离职日期", "离任日期", kind=Kind.DAY),
        read("birthday", _("Birthday"), "Birth Date", "Birthdate", "Date of Birth", "BDAY", "生日", "出生日期"),
        read("social_style", _("Social style"), "社交风格", kind=Kind.CHOICE, choices=Stakeholder.SocialStyle),
        read("stage", _("Stage"), "拓展阶段", kind=Kind.CHOICE, choices=Stakeholder.Stage),
        *(
            read(name, Stakeholder._meta.get_field(name).verbose_name, *headers)
            for name, headers in PROFILE_HEADERS.items()
        ),
        # Only the account's team reads them, so there is room for whatever a file says of somebody.
        read("notes", _("Sensitive notes"), "Notes", "Note", "Description", "Comments", "备注", "附注", "说明"),
        read(
            "external_id",
            _("Key elsewhere"),
            "Contact ID",
            "Record ID",
            "Record ID - Contact",
            *OWN_KEY,
            "ID",
            "UID",
            "Employee ID",
            "编号",
            "工号",
            "联系人编号",
        ),
    ),
    options=(WHOSE,),
)


SEATS = RecordType(
    name="seats",
    label=_("Posts"),
    model=Position,
    columns=(
        # Whose seat it is: a name at the account, or an e-mail address or key that is known anywhere.
        Column(
            "person",
            _("Person"),
            Kind.RECORD,
            headers=("Name", "Contact", "Holder", "姓名", "联系人", "任职人"),
            needs=("stakeholder__name",),
            order=("account_id", "stakeholder_id", "id"),
            is_required=True,
        ),
        Column(
            "account",
            _("Account"),
            Kind.RECORD,
            headers=("Account Name", "Company", "客户名称", "公司"),
            needs=("account__name",),
        ),
        Column("unit", _("Unit"), Kind.RECORD, headers=DEPARTMENT, needs=("unit__name",)),
        Column("title", _("Title"), headers=JOB_TITLE, doubted=("Title",)),
        Column("level", _("Level"), Kind.CHOICE, headers=("Seniority", "层级", "级别"), choices=Level, told=level),
        Column("is_primary", _("Primary post"), Kind.FLAG, headers=("Primary", "主岗", "主任职")),
        Column("since", _("Since"), Kind.DAY, headers=("From", "Start Date", "任职日期", "任职时间")),
        Column("until", _("Until"), Kind.DAY, headers=("To", "End Date", "离任日期")),
        read("external_id", _("Key elsewhere"), *OWN_KEY, "ID", "编号"),
    ),
    options=(WHOSE,),
)
