"""Ladder files: reading them with a report, and writing them."""
