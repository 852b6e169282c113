"""Light or dark is remembered, by a plain form, and leads nowhere else."""

import pytest
from django.test import Client
from django.urls import reverse

from people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    """Somebody who is signed in."""
    client = Client()
    client.force_login(Person.objects.create_user("stella@example.com", name="Stella Stranger"))
    return client


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_chosen_theme_is_on_the_next_page(client: Client, theme: str) -> None:
    answer = client.post(reverse("people:theme"), {"theme": theme, "next": "/more/"}, follow=True)
    assert answer.redirect_chain == [("/more/", 302)]
    assert f'<html lang="en" data-theme="{theme}">' in answer.text


@pytest.mark.parametrize("theme", ["", "neon", '"><script>'])
def test_anything_else_follows_the_system_again(client: Client, theme: str) -> None:
    client.cookies["theme"] = "dark"
    answer = client.post(reverse("people:theme"), {"theme": theme, "next": "/more/"}, follow=True)
    assert '<html lang="en">' in answer.text


def test_a_cookie_that_was_tampered_with_changes_nothing(client: Client) -> None:
    client.cookies["theme"] = "dark onload=x"
    assert '<html lang="en">' in client.get("/more/").text


@pytest.mark.parametrize("address", ["https://evil.example", "//evil.example", "javascript:1", ""])
def test_the_way_back_stays_in_the_house(client: Client, address: str) -> None:
    answer = client.post(reverse("people:theme"), {"theme": "dark", "next": address})
    assert answer["Location"] == "/"


def test_more_offers_every_place_of_the_column(client: Client) -> None:
    answer = client.get("/more/")
    places = answer.context["frame"]["nav"]
    menu = answer.text.split('<ul class="menu">')[1]
    assert places
    assert all(f'href="{place["url"]}"' in menu for place in places)
