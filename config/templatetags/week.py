"""Words for the lines of My week."""

from django import template

from config import sentences
from config.week import PersonLine

register = template.Library()


@register.filter
def why(line: PersonLine) -> str:
    """The reason under the name."""
    return sentences.why(line)
