"""Addresses of the pages about people and about the frame."""

from django.urls import path

from people.pages import preferences

app_name = "people"

urlpatterns = [
    path("more/", preferences.more, name="more"),
    path("shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("preferences/theme/", preferences.theme, name="theme"),
]
