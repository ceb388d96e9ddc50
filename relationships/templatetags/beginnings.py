"""When a contact begins, on the reader's own clock."""

from django import template
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from pages.days import moment_in_words
from relationships.models import Interaction

register = template.Library()


@register.filter
def your_time(interaction: Interaction) -> str:
    """The beginning by the reader's clock where that is not the account's, with the day where it is another."""
    begins = interaction.starts_at
    if begins is None:
        return ""
    here = timezone.localtime(begins)
    if here.utcoffset() == begins.astimezone(interaction.account.zone).utcoffset():
        return ""
    is_same_day = here.date() == interaction.held_on
    told = formats.time_format(here.time(), "H:i") if is_same_day else moment_in_words(here, timezone.localdate())
    return _("%(time)s your time") % {"time": told}
