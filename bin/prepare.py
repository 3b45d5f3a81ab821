"""Is everything ready for the server? Port free, newest tables, demonstration data; then who can sign in.

One process for the three commands of ``flask``, because starting Python three times would be most of the wait.
"""

import os
import socket
import sys

from flask.cli import FlaskGroup

from inspect_app import create_app

COMMANDS = (["db", "upgrade"], ["demo", "load"], ["demo", "accounts"])


def main() -> None:
    port = int(os.environ["PORT"])
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is taken. Another one: PORT={port + 1} make run")
    app = create_app()
    group = FlaskGroup(create_app=lambda: app)
    for command in COMMANDS:
        group.main(args=command, prog_name="flask", standalone_mode=False)


main()
