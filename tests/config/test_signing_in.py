"""People sign in with e-mail and password, and nobody makes an account of their own."""

import re

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from people.models import Person, Team

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def maya():
    return Person.objects.create_user("maya@example.com", "a-long-password", name="Maya")


def sign_in(client, email, password):
    return client.post(LOGIN, {"login": email, "password": password})


def test_a_page_sends_a_stranger_to_the_sign_in_page_and_back(client, maya):
    answer = client.get("/api/v1/docs/")
    assert answer.url == f"{LOGIN}?next=/api/v1/docs/"
    assert client.get(answer.url).status_code == 200
    answer = client.post(answer.url, {"login": "maya@example.com", "password": "a-long-password"})
    assert answer.url == "/api/v1/docs/"
    assert client.get(answer.url).status_code == 200


def test_the_case_of_the_address_does_not_matter(client, maya):
    assert sign_in(client, "Maya@Example.com", "a-long-password").status_code == 302


def test_a_wrong_password_is_refused(client, maya):
    assert sign_in(client, "maya@example.com", "guess").status_code == 200
    assert "_auth_user_id" not in client.session


def test_guessing_is_stopped(client, maya):
    for _ in range(5):
        sign_in(client, "maya@example.com", "guess")
    sign_in(client, "maya@example.com", "a-long-password")
    assert "_auth_user_id" not in client.session


def test_who_left_is_signed_out_at_once(client, maya):
    client.force_login(maya)
    assert client.get("/api/v1/docs/").status_code == 200
    Person.objects.filter(pk=maya.pk).update(is_active=False)
    assert client.get("/api/v1/docs/").status_code == 302


def test_a_forgotten_password_is_mailed_to_its_owner_and_tells_nobody_who_exists(
    client, maya, mailoutbox
):
    answers = [
        client.post("/account/reset/", {"email": email})
        for email in ("maya@example.com", "nobody@example.com")
    ]
    assert {(answer.status_code, answer.url) for answer in answers} == {
        (302, "/account/reset/sent/")
    }
    (mail,) = mailoutbox
    assert mail.to == ["maya@example.com"]
    address = re.search(r"http://testserver(/account/reset/\S+)", mail.body)[1]
    form = client.get(address, follow=True)
    new = {"password1": "another-long-password", "password2": "another-long-password"}
    client.post(form.redirect_chain[-1][0], new)
    assert sign_in(client, "maya@example.com", "another-long-password").status_code == 302


def test_there_is_no_way_to_sign_up():
    with pytest.raises(NoReverseMatch):
        reverse("account_signup")
    assert Client().post("/account/signup/", {"email": "x@example.com"}).status_code == 404


def test_the_person_of_a_session_comes_with_their_unit_in_one_query(
    maya, django_assert_num_queries
):
    from config.signing_in import Backend

    maya.partner_team = Team.objects.create(name="Payments", key="payments")
    maya.save()
    with django_assert_num_queries(1):
        assert Backend().get_user(maya.pk).partner_team.name == "Payments"


def test_every_page_carries_the_content_policy(client):
    policy = client.get(LOGIN)["Content-Security-Policy"]
    rules = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:")
    assert all(rule in policy for rule in rules)
    assert "unsafe" not in policy
