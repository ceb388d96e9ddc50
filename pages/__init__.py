"""What every page has: forms, marks, keyset paging, htmx answers, problems; it knows no record."""
