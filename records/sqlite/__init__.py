"""Django's SQLite backend, with the triggers of this product kept through every rebuild of a table."""
