"""Rows with a name in both languages, which an administrator may write in one of them only."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Labelled(models.Model):
    """`label` in the reader's language, else in the other; its `Meta` is to be inherited for the check."""

    label_en = models.CharField(_("name in English"), max_length=120, blank=True)
    label_zh = models.CharField(_("name in Chinese"), max_length=120, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(label_en="", label_zh=""), name="%(app_label)s_%(class)s_has_label"
            )
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        if (get_language() or "").startswith("zh"):
            return self.label_zh or self.label_en
        return self.label_en or self.label_zh

    def clean(self) -> None:
        super().clean()
        if not self.label:
            raise ValidationError({"label_en": _("Give a name in at least one language.")})
