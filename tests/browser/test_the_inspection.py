"""The eye that looks at every page sees: a page with one fault of each kind is told by all."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser

POLICY = {"Content-Security-Policy": "default-src 'self'; img-src http: data:"}
BAD = f"""<!doctype html><html lang="en"><head><title>Bad</title>
<link rel="icon" href="data:,"></head><body><main><h1>Bad</h1>
<p style="color: red">A style that the policy refuses.</p>
<img src="http://elsewhere.example/pixel.png">
<p><img src="/late.svg" alt="Pushes the rest down when it comes at last"></p>
<h2>What somebody was reading</h2><ul><li>as</li><li>it</li><li>moved</li><li>away</li></ul>
<pre>{"Wider than any window. " * 100}</pre>
<button>i</button><button>j</button>
<script src="/static/missing.js"></script><script src="/painted.js"></script>
</main></body></html>"""
PAINTED = (
    'new PerformanceObserver(() => fetch("/painted")).observe({type: "paint", buffered: true});'
)
SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"/>'
FAULTS = (
    "violates the following Content Security Policy",
    "asks another origin",
    "/static/missing.js answered 404",
    "image-alt",
    "target-size",
    "wider than the window",
    "moved while it was read",
)


def test_a_bad_page_is_told_for_every_fault(cast, axe, sit_down, problems):
    somebody = sit_down(axe)
    page = {"body": BAD, "content_type": "text/html", "headers": POLICY}
    somebody.page.route("**/account/login/", lambda route: route.fulfill(**page))
    come_late(somebody.page)
    somebody.page.route("http://elsewhere.example/**", lambda route: route.abort())
    somebody.go("/account/login/")
    told = "\n".join(problems)
    problems.clear()
    for fault in FAULTS:
        assert fault in told, f"{fault} is not told:\n{told}"


def come_late(page):
    """The image arrives once the page itself says that it was painted without it."""
    waiting, painted = [], []

    def send():
        while painted and waiting:
            waiting.pop().fulfill(body=SQUARE, content_type="image/svg+xml")

    def hold(route):
        waiting.append(route)
        send()

    def release(route):
        painted.append(True)
        route.fulfill(body="")
        send()

    script = {"body": PAINTED, "content_type": "text/javascript"}
    page.route("**/painted.js", lambda route: route.fulfill(**script))
    page.route("**/painted", release)
    page.route("**/late.svg", hold)
