"""Kinds of activity as a file calls them: by their labels in either language, or as other programs say."""

from uuid import UUID

from relationships.models import ActivityType

OTHER_WORDS = {
    "meeting": "visit", "inpersonmeeting": "visit", "phonecall": "call", "phone": "call", "lunch": "meal",
    "dinner": "meal", "wechat": "message", "sms": "message",
    "走访": "拜访", "面访": "拜访", "会面": "拜访", "会议": "拜访", "面谈": "拜访", "电话沟通": "电话",
    "电话拜访": "电话", "宴请": "餐叙", "用餐": "餐叙", "微信": "消息", "短信": "消息", "电子邮件": "邮件",
}  # fmt: skip


class Kinds:
    """The kinds there are, read once."""

    def __init__(self) -> None:
        everything = list(ActivityType.objects.order_by("place", "id"))
        self.all = [kind for kind in everything if not kind.is_removed]
        self.of_all_times = {kind.pk: kind for kind in everything}
        self.by_id = {kind.pk: kind for kind in self.all}
        self.by_word: dict[str, ActivityType] = {}
        for kind in sorted(everything, key=lambda each: each.is_removed):  # the past has kinds that are gone
            for label in (kind.label_en, kind.label_zh):
                self.by_word.setdefault(bare(label), kind)

    def find(self, text: str) -> ActivityType | None:
        word = bare(text)
        return self.by_word.get(word) or self.by_word.get(OTHER_WORDS.get(word, ""))

    def kept(self, pk: UUID, text: str) -> ActivityType | None:
        """The kind that a standing contact has, if this is what it is called, whichever other is called so, too."""
        kind = self.of_all_times.get(pk)
        return kind if kind and bare(text) in map(bare, (kind.label_en, kind.label_zh)) else None


def bare(text: str) -> str:
    """Letters alone: “E-mail” and “email” are one."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
