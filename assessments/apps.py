"""What happened: evidence, promotion cases, cycles, reminders and reports."""

from django.apps import AppConfig


class Assessments(AppConfig):
    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
