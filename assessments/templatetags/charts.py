"""Charts drawn on the server: plain data in, SVG with a title and a description out."""

from django import template

register = template.Library()
