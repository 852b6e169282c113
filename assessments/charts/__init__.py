"""Where things go in a drawing: plain data in, coordinates out. No markup, no database."""
