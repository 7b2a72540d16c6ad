"""A mistake at the command line is one plain line and exit code 2."""

import socket

import pytest

from mockserver.errors import UserError


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("serve", "--prot", "1"), "'--port'"),
        (("serve", "--port", "70000"), "70000 is not in the range 0<=x<=65535"),
        (("serve", "--today", "soon"), "today is 'soon', expected YYYY-MM-DD"),
        (("serve", "--today", "9999-12-31"), "today is '9999-12-31', expected YYYY-MM-DD"),
        (("serve", "--today", "0001-01-01T00:00:00+23:00"), "today is '0001-01-01T00:00:00+23:00', expected"),
        (("serve", "--lifetime-before", "March"), "'March', expected YYYY-MM-DD"),
        (("serve", "--throttle", "nan"), "throttle is nan, expected a number"),
        (("serve", "--throttle", "-1"), "-1.0 is not in the range 0<=x<=1000000"),
        (("serve", "--world", "nowhere"), "world 'nowhere' is neither shipped (default, docs) nor a readable file"),
        (("serve", "--host", "no.such.host.invalid"), "cannot listen on no.such.host.invalid:8086"),
        (("world", "check", "gone.json"), "'gone.json' is neither shipped"),
        (("world", "new", "--locale", "xx_XX"), "xx_XX"),
        (("world", "new", "--as-of", "today"), "as-of is 'today', expected YYYY-MM-DD"),
        (("world", "new", "-o", "no/such/folder.json"), "cannot write no/such/folder.json"),
        (("wrold",), "wrold"),
        (("errors", "google"), "'google' is not one of 'meta', 'cams'"),
    ],
)
def test_a_mistake_is_one_plain_line(run, arguments, words):
    """
    A wrong option, value, file or command is one line that names it, and exit code 2.
    """
    code, printed, said = run(*arguments)

    assert (code, printed) == (2, "")
    assert words in said
    assert said.startswith("mockserver: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "words"), [("{", "is not JSON"), ("[1]", "$: "), ('{"name": "x"}', "$"), ("\x00", "is not JSON")]
)
def test_a_bad_world_file_is_one_plain_line(run, tmp_path, content, words):
    """
    serve names the first fault of a world file that it cannot use.
    """
    (tmp_path / "bad.json").write_text(content)
    code, _, said = run("serve", "--world", "bad.json")

    assert code == 2
    assert words in said
    assert said.count("\n") == 1


def test_a_port_in_use_is_one_plain_line(run):
    """
    A port that somebody else listens on is named.
    """
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        code, _, said = run("serve", "--port", str(port))

    assert (code, said) == (2, f"mockserver: cannot listen on 127.0.0.1:{port}: Address already in use\n")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            "[tool.mockserver]\nprot = 1\n",
            "[tool.mockserver] in pyproject.toml has 'prot', expected one of batch-parts, ",
        ),
        ("[tool.mockserver\n", "pyproject.toml is not TOML"),
        ('[tool.mockserver]\nport = "many"\n', "'many' is not a valid integer range"),
    ],
)
def test_a_bad_settings_file_is_one_plain_line(run, tmp_path, content, words):
    """
    A fault of pyproject.toml is named with what was expected.
    """
    (tmp_path / "pyproject.toml").write_text(content)
    code, _, said = run("serve")

    assert code == 2
    assert words in said
    assert said.count("\n") == 1


def test_a_bad_environment_variable_is_named(run, monkeypatch):
    """
    A wrong value in the environment is refused with the variable's name.
    """
    monkeypatch.setenv("MOCKSERVER_PORT", "many")
    code, _, said = run("serve")

    assert code == 2
    assert "MOCKSERVER_PORT" in said


def test_a_frozen_today_must_be_a_day_or_an_instant():
    """
    An instant without an offset is refused, because it is a different moment everywhere.
    """
    from mockserver.clock import parse_today

    with pytest.raises(UserError, match="with an offset"):
        parse_today("2026-11-21T09:00:00")
