"""How plain data becomes page text: marks, dates and numbers in words, prose, differences."""

from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from people import differences, prose, wording

register = template.Library()

_RING = '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/>'
_MARKS = {
    "staff": '<path d="M8 1.2 14.8 8 8 14.8 1.2 8Z"/>',
    "manager": '<circle cx="8" cy="8" r="5.43"/>',
    "shared": '<path d="M8 1.2 1.2 8 8 14.8ZM8 2.57a5.43 5.43 0 0 1 0 10.86Z"/>',
    "other": '<path d="M3.2 3.2H12.8V12.8H3.2Z"/>',
    "done": (
        '<path d="m2 8.6 4.2 4.2L14.2 3.6" fill="none" stroke="currentColor" stroke-width="2.4"/>'
    ),
    "todo": _RING,
    "begun": _RING + '<path d="M8 2a6 6 0 0 1 0 12Z"/>',
    "attention": '<path d="M7 2h2v8H7zM7 12h2v2.2H7z"/>',
}
_TRACKS = {
    "staff": "Staff track",
    "manager": "Manager track",
    "shared": "Shared track",
    "other": "Own track",
}


# --- Marks ---------------------------------------------------------------------------------
@register.simple_tag
def mark(name: str) -> SafeString:
    """Draw a mark: staff, manager, shared, other, done, todo, begun or attention."""
    drawing = mark_safe(_MARKS[name])  # noqa: S308 - constants of this file
    return format_html('<svg class="mark" viewBox="0 0 16 16" aria-hidden="true">{}</svg>', drawing)


@register.simple_tag
def track(name: str, label: str = "") -> SafeString:
    """Show a track as its mark and words; the words are the track's name unless given."""
    return format_html(
        '<span class="track {}">{}{}</span>', name, mark(name), label or _TRACKS[name]
    )


# --- Dates ---------------------------------------------------------------------------------
@register.filter
def in_words(value: date | str | None) -> str:
    """Say a date seen from today: "in 3 days, Friday"."""
    return _time(value, lambda day: wording.in_days(_day(day), timezone.localdate()))


@register.filter
def day(value: date | str | None) -> str:
    """Say "3 Nov 2026"."""
    return _time(value, wording.short_day)


@register.filter
def long_day(value: date | str | None) -> str:
    """Say "12 November 2026"."""
    return _time(value, wording.long_day)


@register.filter
def moment(value: datetime | str | None) -> str:
    """Say "12 November 2026, 10:42" in the reader's time zone."""
    return _time(value, wording.moment)


def _time(value: date | str | None, say) -> str:
    """Wrap what is said in <time>; nothing for no date."""
    if isinstance(value, str):
        value = parse_date(value) if len(value) == len("2026-11-12") else parse_datetime(value)
    if value is None:
        return ""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), say(value))


def _day(value: date) -> date:
    """Return the calendar day of a date or an instant."""
    return value.date() if isinstance(value, datetime) else value


# --- Numbers -------------------------------------------------------------------------------
@register.filter
def number(value: float | None, decimals: int = 0) -> str:
    """Say 12400 as "12 400", and nothing for no number."""
    return "" if value is None else wording.number(float(value), decimals)


@register.filter
def counted(value: int, forms: str) -> str:
    """Put a number before its noun: {{ 3|counted:"piece,pieces" }} is "3 pieces"."""
    return wording.counted(value, forms)


# --- Text ----------------------------------------------------------------------------------
@register.filter
def markdown(text: str | None) -> SafeString:
    """Show Markdown that people wrote as harmless HTML."""
    return mark_safe(prose.render(text or ""))  # noqa: S308 - cleaned by an allow-list


@register.simple_tag
def word_diff(old: str, new: str, side: str = "both") -> SafeString:
    """Show differences by word: side "new" marks additions, "old" removals, "both" either."""
    return word_runs([run._asdict() for run in differences.compare(old, new)], side)


@register.simple_tag
def word_runs(runs: list[dict[str, str]], side: str = "both") -> SafeString:
    """Show differences that were found already: {kind, text} in order."""
    hidden = {"new": "removed", "old": "added"}.get(side)
    shown = (differences.Run(run["kind"], run["text"]) for run in runs if run["kind"] != hidden)
    return format_html_join("", "{}", ((_marked(run),) for run in shown))


def _marked(run: differences.Run) -> str:
    """Wrap the words of a change in <ins> or <del>, the space around them outside."""
    words = run.text.strip()
    if run.kind == "same" or not words:
        return run.text
    before, after = run.text.split(words, 1)
    wrapped = "{}<ins>{}</ins>{}" if run.kind == "added" else "{}<del>{}</del>{}"
    return format_html(wrapped, before, words, after)


@register.filter
def at(items: list, position: int):
    """Return the item at a position, counted from zero."""
    return items[position]


# --- Ways ----------------------------------------------------------------------------------
@register.inclusion_tag("components/crumbs.html")
def crumbs(*pairs: str) -> dict:
    """Show the way here: {% crumbs "Cases" cases_url "Autumn 2026" cycle_url %}."""
    links = zip(pairs[::2], pairs[1::2], strict=True)
    return {"crumbs": [{"label": label, "url": url} for label, url in links]}
