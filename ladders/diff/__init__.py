"""Pure: two versions of a ladder in, a classified difference out."""

from ladders.diff.classes import Change, Class, Difference
from ladders.diff.documents import compare

__all__ = ["Change", "Class", "Difference", "compare"]
