"""Reports ("rapporten"): the school's form, words per child, and what parents read, frozen on the day of release."""
