"""Every address is closed to a passer-by, except those named here."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

PUBLIC = {
    "/healthz",
    "/readyz",
    "/account/login/",
    "/account/inactive/",
    "/account/reset/",
    "/account/reset/sent/",
    "/account/reset/key/1-1/",
    "/account/reset/done/",
    "/public/ladders/",  # what was opened to everybody; tests/ladders/test_public_ladders.py
    "/public/ladders/x/",
    "/public/ladders/x/booklet/",
    "/public/ladders/x/levels/x/",
    "/public/ladders/x/competencies/x/",
    "/public/ladders/x/versions/x/",
    "/public/ladders/x/versions/x/booklet/",
    "/public/ladders/x/versions/x/levels/x/",
    "/public/ladders/x/versions/x/competencies/x/",
}
ARGUMENTS = {
    "int": "1",
    "slug": "x",
    "str": "x",
    "path": "x",
    "uuid": "5b1c7a3e-0d3e-4b6a-9c55-0f3c8f6d9c11",
}
METHODS = ("get", "post", "put", "patch", "delete")


def addresses(patterns=None, prefix="/"):
    """Every route of the app with made-up arguments filled in."""
    for entry in patterns or get_resolver().url_patterns:
        route = prefix + _filled(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry.url_patterns, route)
        elif isinstance(entry, URLPattern):
            yield route


def _filled(pattern):
    if not hasattr(pattern, "_route"):
        return "account/reset/key/1-1/"  # the one address that is a regular expression
    route = str(pattern)
    for name, converter in pattern.converters.items():
        kind = type(converter).__name__.replace("Converter", "").lower()
        kind = {"string": "str"}.get(kind, kind)
        route = route.replace(f"<{kind}:{name}>", ARGUMENTS[kind]).replace(f"<{name}>", "x")
    return route


ALL = sorted(set(addresses()))
CLOSED = [address for address in ALL if address not in PUBLIC]


def test_every_public_address_exists():
    assert set(ALL) >= PUBLIC


def test_there_are_doors_of_both_kinds():
    assert len([address for address in CLOSED if address.startswith("/api/v1/")]) > 30
    assert len([address for address in CLOSED if not address.startswith("/api/v1/")]) > 30


@pytest.mark.django_db
@pytest.mark.parametrize("address", CLOSED)
def test_a_passer_by_is_asked_who_they_are(client, address):
    answers = {method: getattr(client, method)(address) for method in METHODS}

    for method, answer in answers.items():
        if address.startswith("/api/") and address != "/api/v1/docs/":
            assert answer.status_code == 401, (method, address)
            assert answer["Content-Type"] == "application/problem+json"
        elif answer.status_code != 405:
            assert answer.status_code == 302, (method, address)
            assert answer["Location"].startswith("/account/login/")


@pytest.mark.django_db
def test_an_address_that_does_not_exist_says_no_more_than_the_others(client):
    assert client.get("/nowhere/").status_code == 404
    assert client.get("/api/v1/nowhere/")["Content-Type"] == "application/problem+json"
