"""Drawings: each tag takes a title, a description that states the finding, and plain data."""

from collections.abc import Sequence

from django import template
from django.utils import timezone
from django.utils.text import slugify

from assessments.charts import fork, groups, phases, way

register = template.Library()


def _named(title: str, description: str, drawing: dict) -> dict:
    """Add what a screen reader hears, under ids that follow from the title."""
    return {**drawing, "id": slugify(title), "title": title, "description": description}


@register.inclusion_tag("charts/intervals.html")
def interval_chart(title: str, description: str, data: Sequence[dict]) -> dict:
    """Dots with intervals: data = [{label, points: [{track, value, low, high, text}]}]."""
    return _named(title, description, groups.laid_out(data))


@register.inclusion_tag("charts/bars.html")
def bar_chart(title: str, description: str, data: Sequence[dict]) -> dict:
    """Bars by level in the hues of the tracks: data = [{label, points: [{track, value, text}]}]."""
    return _named(title, description, groups.laid_out(data))


@register.inclusion_tag("charts/way.html")
def way_chart(
    title: str,
    description: str,
    placements: Sequence[dict],
    leaves: Sequence[dict] = (),
    ahead: Sequence[dict] = (),
) -> dict:
    """Placements over time in three lanes; see charts.way for the shape of the data."""
    drawing = way.laid_out(placements, timezone.localdate(), leaves or (), ahead or ())
    return _named(title, description, drawing)


@register.inclusion_tag("charts/phases.html")
def phase_chart(title: str, description: str, data: Sequence[dict]) -> dict:
    """Phases with today on them: data = [{label, opens_on, due_on, grace_until}]."""
    return _named(title, description, phases.laid_out(data, timezone.localdate()))


@register.inclusion_tag("charts/fork.html")
def fork_chart(title: str, description: str, levels: Sequence[dict], who: str = "You") -> dict:
    """A ladder as a map: levels = [{track, grade, here}]; `who` stands where `here` is."""
    return _named(title, description, {**fork.laid_out(levels), "who": who})
