"""What may be said about a file that comes in."""
