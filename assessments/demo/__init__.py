"""A made-up organisation of sixty people, with a story one can walk into."""
