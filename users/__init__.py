"""Users, sales teams, and who may see what."""
