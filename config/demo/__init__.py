"""A believable portfolio to try the product with: made up throughout, told through the same verbs that users call."""
