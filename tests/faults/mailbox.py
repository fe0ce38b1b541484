"""A mail server for the fault tests: it takes every mail, slowly, and remembers which it has taken."""

import re
import socketserver
import time
from collections import Counter
from threading import Thread

MESSAGE_ID = re.compile(rb"^Message-ID: (<[^>]+>)", re.MULTILINE | re.IGNORECASE)
MOMENT = 0.3  # seconds between a mail and the word that it was taken: long enough to be killed in


class Mailbox:
    """Listens at `port` of this machine; `taken` counts mails by their Message-ID."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        Thread(target=self._server.serve_forever, name="mail server of the fault tests", daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[socketserver.StreamRequestHandler]:
        taken = self.taken

        class Handler(socketserver.StreamRequestHandler):
            """As much of RFC 5321 as one who sends mail needs."""

            def handle(self) -> None:
                self.wfile.write(b"220 mailbox\r\n")
                for line in self.rfile:
                    verb = line[:4].strip().upper()
                    if verb == b"DATA":
                        self.wfile.write(b"354 go on\r\n")
                        self.take(b"".join(iter(self.rfile.readline, b".\r\n")))
                    self.wfile.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 fine\r\n")
                    if verb == b"QUIT":
                        return

            def take(self, mail: bytes) -> None:
                taken[MESSAGE_ID.search(mail)[1].decode()] += 1
                time.sleep(MOMENT)

        return Handler
