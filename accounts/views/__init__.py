"""Pages of accounts, one module per matter."""
