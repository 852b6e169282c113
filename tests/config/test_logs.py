"""A line says who asked what, never a body and never a key."""

import pytest
import structlog

from config import logs


def test_probes_leave_no_line():
    with pytest.raises(structlog.DropEvent):
        logs.without_probes(None, "info", {"request": "GET /readyz", "code": 503})


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("GET /account/reset/7-digkkj-a105/", "GET /account/reset/…/"),
        ("GET /account/reset/sent/", "GET /account/reset/sent/"),
        ("GET /cases/12/", "GET /cases/12/"),
    ],
)
def test_the_key_of_a_reset_is_not_written(asked, written):
    assert logs.without_keys(None, "info", {"request": asked}) == {"request": written}


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_shows_no_local_variables(as_json):
    statement = "what Maya wrote"
    *_, render = logs.configured(level="INFO", as_json=as_json)["formatters"]["line"]["processors"]
    try:
        raise RuntimeError(f"a bug of {len(statement)}")
    except RuntimeError as error:
        event = {"event": "request_failed", "exc_info": error, "level": "error"}
        if as_json:
            event = structlog.processors.format_exc_info(None, "error", event)
        line = render(None, "error", event)
    assert "a bug of 15" in line
    assert "what Maya wrote" not in line.replace('statement = "what Maya wrote"', "")
