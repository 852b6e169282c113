"""What people write is shown with its formatting, and can do no harm."""

from html.parser import HTMLParser

import pytest

from people.prose import LIMIT, render


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://example.com/track.png)",
        "<style>body{display:none}</style>",
        '<a href="https://example.com" onclick="alert(1)">x</a>',
        "```\n</code><script>alert(1)</script>\n```",
    ],
)
def test_scripts_styles_and_pictures_do_not_come_through(text: str) -> None:
    found = Elements(render(text))
    assert found.names <= {"p", "a", "pre", "code"}
    assert found.attributes <= {"href", "rel"}
    assert all(address.startswith("https://example.com") for address in found.addresses)


class Elements(HTMLParser):
    """What a browser would make of a piece of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name == "href"]


def test_formatting_that_is_allowed_stays() -> None:
    shown = render("**Bold** and [a link](https://example.com)\n\n- one\n- two")
    assert "<strong>Bold</strong>" in shown
    assert '<a href="https://example.com" rel="noopener noreferrer nofollow">a link</a>' in shown
    assert shown.count("<li>") == 2


def test_headings_of_a_text_stand_below_those_of_the_page() -> None:
    assert "<h3>Big</h3>" in render("# Big")
    assert "<h1" not in render("# Big")


def test_a_text_over_the_limit_is_shown_as_typed() -> None:
    shown = render("# <b>" + "x" * LIMIT)
    assert shown.startswith("<pre>")
    assert "<b>" not in shown
