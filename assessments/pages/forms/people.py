"""The field that takes a person, as the ground floor has it."""

from people.pages.person_field import PersonField

__all__ = ["PersonField"]
