"""The customer's people: posts, decision roles, influence, and who of them is key."""
