"""A column is known by its own name in every language and by what other programs call it."""

from django.utils.translation import gettext_lazy as _

from records.record_types import Column
from sync.record_types import RECORD_TYPES


def test_a_column_is_known_by_its_label_in_each_language():
    column = Column("tier", _("Tier"), headers=("Level",))

    assert column.names() == ("tier", "Tier", "客户等级", "Level")


def test_no_heading_means_two_columns_of_one_type():
    for record_type in RECORD_TYPES.values():
        headings = [name.casefold() for column in record_type.read for name in set(map(str.casefold, column.names()))]

        assert len(headings) == len(set(headings)), record_type.name


def test_of_empty_cells_a_column_tells_nothing_and_needs_no_more_than_it_fetches():
    for record_type in RECORD_TYPES.values():
        for column in record_type.shown:
            assert not column.tell(dict.fromkeys(column.fetched, "")), (record_type.name, column.name)
