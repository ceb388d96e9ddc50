"""The power map: people as cards in a tree, laid out and drawn here; a pure package, which knows no database."""
