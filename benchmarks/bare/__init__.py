"""What Django alone does: its own middleware, one template, the same rows of the same database."""
