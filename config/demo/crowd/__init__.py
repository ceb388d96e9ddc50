"""A crowd beside the story: customers and people by the hundred thousand, poured past the verbs, with all that follows
worked out by the product's own functions."""
