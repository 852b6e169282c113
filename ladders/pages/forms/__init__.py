"""Forms of the pages about ladders: types, lengths, presence. Rules are the actions'."""
