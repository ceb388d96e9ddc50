"""What happens between them and us: interactions, cadence, next steps."""
