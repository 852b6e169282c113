"""The ground floor: who works here, who leads whom, and what was done by whom."""

from django.apps import AppConfig


class People(AppConfig):
    name = "people"
    default_auto_field = "django.db.models.BigAutoField"
