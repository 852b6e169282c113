"""What every page has to be: open to everybody, quiet, no wider than its window, and small."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

WIDTHS = (1440, 768, 390, 320)  # the last is a desk at 400 %
AXE_AT = {1440: "light", 390: "dark"}
HEIGHT = 900
MOST_REQUESTS = 10
MOST_MOVED = 0.02  # cumulative layout shift
LATER = ("command-palette", "inbox-count")  # their scripts come when they are first used

READY = """later => Promise.all([...document.querySelectorAll(':not(:defined)')]
    .filter(one => !later.includes(one.localName))
    .map(one => customElements.whenDefined(one.localName)))"""
OPEN = """() => { for (const one of document.querySelectorAll('details:not([open])')) {
    one.open = true; one.dataset.opened = ''; } }"""
CLOSE = """() => { for (const one of document.querySelectorAll('details[data-opened]')) {
    one.open = false; delete one.dataset.opened; } }"""
ASK = """async () => {
    const { violations } = await axe.run(document, { resultTypes: ['violations'],
        rules: { 'target-size': { enabled: true } } });
    return violations.map(one => [one.id, one.help, one.nodes.map(node => node.html)]);
}"""
BEFORE = """window.movements = [];
const watch = new PerformanceObserver(list => window.movements.push(...list.getEntries()));
watch.observe({ type: 'layout-shift', buffered: true });
window.allMovements = () => [...window.movements, ...watch.takeRecords()]"""  # before every page
MOVED = """() => new Promise(tell => requestAnimationFrame(() => requestAnimationFrame(() =>
    tell(allMovements().filter(one => !one.hadRecentInput).reduce((sum, one) => sum + one.value, 0))
)))"""
OVERHANG = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def settle(page: Page) -> None:
    """Wait until every custom element of the page is at work."""
    page.evaluate(READY, list(LATER))


def moved(page: Page) -> list[str]:
    """What stood at one place and then at another while the page came."""
    shift: Any = page.evaluate(MOVED)
    return [f"the page moved while it was read: {shift:.3f}"] if shift > MOST_MOVED else []


def look_closely(page: Page, axe: str) -> list[str]:
    """Everything found on a desk in light and on a phone in the dark, with all details open."""
    size = page.viewport_size
    page.evaluate(OPEN)
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        found += _overhang(page, width)
        if scheme := AXE_AT.get(width):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{width} px, {scheme}: {one}" for one in look(page, axe)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(size or {"width": WIDTHS[0], "height": HEIGHT})
    page.evaluate(CLOSE)
    return found


def look(page: Page, axe: str) -> list[str]:
    """What axe finds on the page as it stands."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(axe)
    return [_said(*one) for one in page.evaluate(ASK)]


def _said(rule: str, words: str, places: list[str]) -> str:
    shown = "; ".join(place[:160] for place in places[:3])
    return f"{rule} ({words}), {len(places)} times: {shown}"


def _overhang(page: Page, width: int) -> list[str]:
    over: Any = page.evaluate(OVERHANG)
    return [f"{width} px: the page is {over} px wider than the window"] if over > 0 else []
