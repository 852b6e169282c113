"""The forms of the pages about cases: shapes of input and words about it, never rules."""
