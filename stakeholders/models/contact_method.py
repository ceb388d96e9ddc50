"""How to reach a person: as typed, and in the one form machines compare."""

from functools import lru_cache

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from records.history import Tracked
from records.models import Part


def to_e164(typed: str, region: str = "") -> str:
    """A phone number in E.164, an extension behind `;ext=`; refuses what cannot be a number."""
    if number := read_number(typed, region or settings.PHONE_REGION):
        return number
    raise ValidationError(_("“%(typed)s” is not a phone number."), code="no_phone", params={"typed": typed[:60]})


@lru_cache(maxsize=20_000)  # an import reads each number when it hears the file and when it brings the row
def read_number(typed: str, region: str) -> str:
    """The same; empty for what cannot be a number."""
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    plain = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


class ContactMethod(Part):
    """A phone number, an e-mail address, or a name in a messenger."""

    class Kind(models.TextChoices):
        MOBILE = "mobile", _("Mobile")
        PHONE = "phone", _("Phone")
        EMAIL = "email", _("E-mail")
        WECHAT = "wechat", _("WeChat")
        OTHER = "other", _("Other")

    PHONES = (Kind.MOBILE, Kind.PHONE)

    stakeholder = models.ForeignKey(
        "stakeholders.Stakeholder", models.CASCADE, related_name="contact_methods", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.MOBILE)
    value = models.CharField(_("as typed"), max_length=200)
    normalised = models.CharField(max_length=254, editable=False)
    is_primary = models.BooleanField(_("primary"), default=False)

    part_of = "stakeholder"
    history = Tracked(excluded_fields=["normalised"])

    class Meta:
        verbose_name = _("contact method")
        verbose_name_plural = _("contact methods")
        constraints = [
            models.UniqueConstraint(fields=["stakeholder", "kind", "normalised"], name="contact_method_once"),
            models.UniqueConstraint(
                fields=["stakeholder"], condition=Q(is_primary=True), name="contact_method_one_primary"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["mobile", "phone", "email", "wechat", "other"]), name="contact_method_kind_known"
            ),
            models.CheckConstraint(condition=~Q(value=""), name="contact_method_has_value"),
        ]
        indexes = [models.Index(fields=["normalised"], name="contact_method_normalised")]

    def __str__(self) -> str:
        return self.value

    def clean(self) -> None:
        """Normalise; a number that is none and an address that is none are refused."""
        self.value = self.value.strip()
        self.normalised = normalise(self.kind, self.value)

    @property
    def href(self) -> str:
        """What a tap on it opens; empty where nothing would."""
        if self.kind in self.PHONES:
            return f"tel:{self.normalised}"
        return f"mailto:{self.normalised}" if self.kind == self.Kind.EMAIL else ""


def normalise(kind: str, typed: str) -> str:
    """The form two entries are compared in."""
    if kind in ContactMethod.PHONES:
        return to_e164(typed)
    if kind == ContactMethod.Kind.EMAIL:
        validate_email(typed)
        return typed.casefold()
    return typed.casefold()
