"""Customer organisations, their units, our team on them, and what they may buy."""
