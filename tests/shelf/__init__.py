"""A tiny library, only to try records on."""
