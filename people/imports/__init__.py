"""Bringing in people from a file: read it, understand it, compare it; writing is an action's."""
