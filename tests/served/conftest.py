"""A served product on PostgreSQL and Redis, behind gates that can be shut, made once for all that ask for it."""

import os
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis

from tests import migrated
from tests.jobs.house import administer, at
from tests.served.gate import Gate
from tests.served.product import Product

REDIS_DATABASE = 13


def emptied(url: str) -> str:
    """A Redis database of its own, without what an earlier run counted."""
    own = at(url, str(REDIS_DATABASE))
    with closing(redis.Redis.from_url(own)) as queue:
        queue.flushdb()
    return own


def behind_a_gate(url: str) -> tuple[str, Gate]:
    """The same server by way of a gate."""
    parts = urlsplit(url)
    gate = Gate(parts.hostname, parts.port)
    user = parts.netloc.rpartition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@127.0.0.1:{gate.port}".removeprefix("@"))), gate


@pytest.fixture(scope="session")
def on_postgresql(tmp_path_factory):
    """The product, served; `scene` names what is in it."""
    if not all(os.environ.get(name) for name in ("TEST_DATABASE_URL", "TEST_REDIS_URL")):
        pytest.skip("needs PostgreSQL")
    name = f"two_eyes_served_{os.getpid()}"
    database, database_gate = behind_a_gate(migrated.create(os.environ["TEST_DATABASE_URL"], name))
    queue, queue_gate = behind_a_gate(emptied(os.environ["TEST_REDIS_URL"]))
    product = Product(tmp_path_factory.mktemp("product"), database, queue)
    product.database_gate, product.queue_gate = database_gate, queue_gate
    try:
        product.scene = product.prepare()
        product.serve()
        yield product
    finally:
        product.close()
        database_gate.close()
        queue_gate.close()
        administer(os.environ["TEST_DATABASE_URL"], f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
