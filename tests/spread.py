"""Which process runs which test: each goes to whoever is free, but all that share a house stay together and come first.

They ask for the same server, the same Redis or the same folder; apart, each process would build it anew.
"""

from xdist.scheduler import LoadScopeScheduling

HOUSES = ("tests/served/", "tests/jobs/", "tests/house/test_run.py")


def share(nodeid: str) -> str:
    """What the tests that stay together have in common; a test that stands alone is its own."""
    return next((house for house in HOUSES if nodeid.startswith(house)), nodeid)


class Spread(LoadScopeScheduling):
    """The largest shares first, then the other tests in their order."""

    def _split_scope(self, nodeid: str) -> str:
        return share(nodeid)
