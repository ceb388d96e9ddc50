"""The rows this app ships, which administrators then edit (rule 4.6)."""

# Role → gap and ceiling at standard and key accounts, and the gap at strategic ones: two thirds, rounded down.
CADENCES = {"A": (60, 3, 40), "D": (30, 6, 20), "E": (30, 8, 20), "S": (30, 4, 20), "I": (45, 3, 30), "": (90, 2, 60)}

RECEPTION_EN = """Goal of the day, and the customer's pain
What they will see
What they will hear
What they will be told
What they will be given
Who controls the day
Summary and next step"""
RECEPTION_ZH = """目标与客户痛点
看什么
听什么
讲什么
送什么
谁把控全程
总结与下一步"""
TALK_EN = """What do we want to know or to reach?
Whom do they want to meet, and why?
What do we bring them?
Which question must be answered?"""
TALK_ZH = """我们想了解或达成什么？
对方想见谁，为什么？
我们带去什么价值？
哪个问题必须有答案？"""

# label, counts, key action, face to face, support or delivery work, checklist
TYPES = [
    ("Visit", "拜访", "always", False, True, False, TALK_EN, TALK_ZH),
    ("Technical exchange", "技术交流", "always", True, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Executive visit", "高层拜访", "always", True, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Visit to our company", "参观公司", "always", True, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Reference-site visit", "参观样板点", "always", True, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Site conference", "现场会", "always", True, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Call", "电话", "always", False, False, False, "", ""),
    ("Meal", "餐叙", "always", False, True, False, "", ""),
    ("Training", "培训", "always", False, True, True, "", ""),
    ("Workshop", "研讨会", "always", False, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Showroom", "参观展厅", "always", False, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("Industry summit", "行业峰会", "always", False, True, False, RECEPTION_EN, RECEPTION_ZH),
    ("E-mail", "邮件", "answered", False, False, False, "", ""),
    ("Message", "消息", "answered", False, False, False, "", ""),
    ("Greeting", "问候", "never", False, False, False, "", ""),
    ("Newsletter", "资讯推送", "never", False, False, False, "", ""),
]
FIELDS = (
    "label_en",
    "label_zh",
    "counts",
    "is_key_action",
    "is_face_to_face",
    "is_service",
    "checklist_en",
    "checklist_zh",
)


def ship(apps, schema_editor=None) -> None:
    """Write them where there are none yet; `apps` is a migration's registry or the live one."""
    ship_cadences(apps.get_model("relationships", "CadencePolicy"))
    ship_types(apps.get_model("relationships", "ActivityType"))
    apps.get_model("relationships", "ContactRules").objects.get_or_create(only=True)


def ship_cadences(policy) -> None:
    """A row per role and tier."""
    if policy.objects.exists():
        return
    policy.objects.bulk_create(
        policy(letter=letter, tier=tier, ceiling=ceiling, gap_days=strategic if tier == "strategic" else gap)
        for letter, (gap, ceiling, strategic) in CADENCES.items()
        for tier in ("strategic", "key", "standard")
    )


def ship_types(activity_type) -> None:
    """The kinds of activity, visit first."""
    if activity_type.objects.exists():
        return
    activity_type.objects.bulk_create(
        activity_type(place=10 * place, **dict(zip(FIELDS, row, strict=True))) for place, row in enumerate(TYPES, 1)
    )
