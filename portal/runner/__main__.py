"""`python -m portal.runner`: the demo, the servers for the tests, and the roles of a production database."""

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Sequence

from portal.runner import demo, places, postgres, roles, servers, web
from portal.runner.errors import RunnerError
from portal.runner.processes import Children, stop_runner


class Asked(BaseException):
    """Somebody asked us to end."""


def main(arguments: Sequence[str]) -> int:
    """Run one subcommand; returns the exit code."""
    options = _parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, _end)
    try:
        return int(options.run(options))
    except RunnerError as error:
        print(error, file=sys.stderr)
        return 1
    except Asked as asked:
        return 128 + int(asked.args[0])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m portal.runner", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    add = commands.add_parser("demo", help="start everything and stay until interrupted")
    add.add_argument("--port", type=int, help="port of the portal (default: 8000, or the next free one)")
    add.set_defaults(run=_demo)
    commands.add_parser("stop", help="stop the demo").set_defaults(run=_stop)
    commands.add_parser("reset", help="stop the demo and remove its data").set_defaults(run=_reset)
    add = commands.add_parser("servers", help="PostgreSQL and Valkey for development; prints how to reach them")
    add.set_defaults(run=_servers)
    add = commands.add_parser("test", help="run a command with throw-away servers")
    add.add_argument("command", nargs=argparse.REMAINDER, help="-- the command")
    add.set_defaults(run=_test)
    add = commands.add_parser("with-demo", help="run a command beside a throw-away demo, in its environment")
    add.add_argument("--only", metavar="SLUG", default="", help="with this tenant alone")
    add.add_argument("command", nargs=argparse.REMAINDER, help="-- the command")
    add.set_defaults(run=_with_demo)
    add = commands.add_parser("roles", help="make the roles and the database on the server of ADMIN_DATABASE_URL")
    add.set_defaults(run=_roles)
    add = commands.add_parser("healthy", help="exit 0 if the web process of this machine answers")
    add.set_defaults(run=_healthy)
    return parser


def _demo(options: argparse.Namespace) -> int:
    return demo.run(port=options.port)


def _stop(_: argparse.Namespace) -> int:
    print("Parley has stopped." if stop_runner(places.make(demo.PLACE)) else "Parley was not running.")
    return 0


def _reset(options: argparse.Namespace) -> int:
    _stop(options)
    place = places.make(demo.PLACE)
    shutil.rmtree(place.folder)
    print(f"The demo's data is gone ({place.folder}). `make demo` makes it anew.")
    return 0


def _servers(_: argparse.Namespace) -> int:
    with Children(places.make("development")) as children:
        for name, value in servers.start(children, for_tests=True).items():
            print(f"export {name}='{value}'", flush=True)
        demo.watch(children)
    return 0


def _test(options: argparse.Namespace) -> int:
    command = [word for word in options.command if word != "--"]
    with servers.thrown_away() as children:
        files = children.place.folder / "files"
        found = servers.start(children, for_tests=True)
        # A test that waits for a browser or renders holds its transaction for longer than a page may.
        env = {"STATEMENT_SECONDS": "300", "IDLE_SECONDS": "300", **os.environ, **found, "FILES_DIR": str(files)}
        return children.run("test", command, cwd=places.CHECKOUT, env=env)


def _with_demo(options: argparse.Namespace) -> int:
    command = [word for word in options.command if word != "--"]
    with servers.thrown_away() as children:
        found = demo.start(children, port=postgres.free_port(), for_tests=True, only=options.only)
        return children.run("with-demo", command, cwd=places.CHECKOUT, env=found)


def _roles(_: argparse.Namespace) -> int:
    try:
        database = roles.create_from_urls(
            admin_url=os.environ["ADMIN_DATABASE_URL"],
            owner_url=os.environ["OWNER_DATABASE_URL"],
            app_url=os.environ["DATABASE_URL"],
            backup_url=os.environ.get("BACKUP_DATABASE_URL", ""),
        )
    except KeyError as missing:
        raise RunnerError(f"Set {missing.args[0]}: the roles are made with its password.") from missing
    print(f"The roles and the database {database} are there.")
    return 0


def _healthy(_: argparse.Namespace) -> int:
    port = os.environ.get("PORT", "8000")
    if not port.isdecimal():
        raise RunnerError(f"PORT is “{port}”, which is no number: write it as 8000.")
    if fault := web.fault(port=int(port)):
        raise RunnerError(fault)
    return 0


def _end(number: int, _: object) -> None:
    raise Asked(number)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
