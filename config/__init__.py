"""The composition root: it may import everybody, and nobody imports it."""
