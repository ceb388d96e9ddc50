"""The schedule, its page, and real workers that are killed."""
