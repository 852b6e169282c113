"""The catalogue of reports: every module of this folder that holds a REPORT is one."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from assessments.reports.base import Report


@cache
def catalogue() -> dict[str, Report]:
    """All reports by id, in the order of their titles."""
    modules = (import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__))
    found = [module.REPORT for module in modules if hasattr(module, "REPORT")]
    return {report.id: report for report in sorted(found, key=lambda report: report.title)}
