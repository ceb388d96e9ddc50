"""The product as operated: gunicorn by its own settings file, a real database, real browsers' requests over HTTP."""
