"""A demo organisation lends its accounts at the door; no other organisation does."""

import pytest
from django.test import Client
from django.urls import reverse

from config import demo_accounts
from people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def maya() -> Person:
    """One of the cast."""
    password = demo_accounts.PASSWORD
    return Person.objects.create_user("maya@example.com", password, name="Maya Manager")


def test_one_click_signs_in_as_somebody_of_the_cast(settings) -> None:
    settings.DEMO = True
    client = Client()
    page = client.get(reverse("account_login"))
    offered = page.context["frame"]["demo_accounts"]
    assert [account["name"] for account in offered] == ["Maya Manager"]
    assert 'Sign in<span class="sr"> as Maya Manager, manager</span>' in page.text
    door = {"login": offered[0]["email"], "password": offered[0]["password"]}
    assert client.post(reverse("account_login"), door)["Location"] == "/"
    assert client.get("/more/").context["frame"]["me"]["name"] == "Maya Manager"


def test_outside_a_demo_nobody_is_offered(settings) -> None:
    settings.DEMO = False
    page = Client().get(reverse("account_login"))
    assert page.context["frame"]["demo_accounts"] == []
    assert "Maya" not in page.text
    assert demo_accounts.PASSWORD not in page.text


def test_a_wrong_password_says_so_at_the_field_and_keeps_the_address() -> None:
    door = {"login": "maya@example.com", "password": "wrong"}
    page = Client().post(reverse("account_login"), door)
    assert "<error-summary" in page.text
    assert 'value="maya@example.com"' in page.text
