"""What every stored record has: identity, version, change log, history, external references."""
