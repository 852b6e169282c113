"""What is expected at each level, and who stands where."""

from django.apps import AppConfig


class Ladders(AppConfig):
    name = "ladders"
    default_auto_field = "django.db.models.BigAutoField"
