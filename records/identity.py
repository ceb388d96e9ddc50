"""The identity of a record: a UUIDv7, so that new rows stand together in the index."""

from uuid import UUID

from uuid_utils import compat


def new_id() -> UUID:
    """A new identity, later ones sorting after earlier ones."""
    return compat.uuid7()
