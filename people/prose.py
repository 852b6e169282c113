"""What people write: Markdown in, harmless HTML out."""

import nh3
from markdown_it import MarkdownIt

LIMIT = 20_000  # characters; longer text is shown as it was typed, without formatting

_TAGS = {
    *(
        "p",
        "br",
        "em",
        "strong",
        "s",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "hr",
    ),
    *("h3", "h4", "h5", "a"),
}
_HEADINGS = {"h1": "h3", "h2": "h4", "h3": "h5", "h4": "h5", "h5": "h5", "h6": "h5"}
_parser = MarkdownIt("js-default", {"html": False}).disable(["image", "table"])


def render(text: str) -> str:
    """Return safe HTML for Markdown text; page headings stay above those of the text."""
    if len(text) > LIMIT:
        return f"<pre>{nh3.clean_text(text)}</pre>"
    tokens = _parser.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
    return nh3.clean(
        _parser.renderer.render(tokens, _parser.options, {}),
        tags=_TAGS,
        attributes={"a": {"href"}, "ol": {"start"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
