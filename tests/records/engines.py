"""Tests of what one engine alone does."""

import pytest

needs_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="needs PostgreSQL")
