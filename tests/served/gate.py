"""A gate before a server: it can be shut, as when the server is down, or let nothing through, as when it hangs."""

import socket
from contextlib import suppress
from threading import Thread


class Gate:
    """Forwards a local port to another."""

    def __init__(self, host: str, port: int) -> None:
        self.behind, self.is_open, self.passing = (host, port), True, []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self.listener.getsockname()[1]
        Thread(target=self.accept, daemon=True).start()

    def accept(self) -> None:
        while True:
            try:
                outside, _ = self.listener.accept()
            except OSError:
                return  # closed
            if self.is_open:
                self.let_through(outside)
            elif self.hangs:
                self.passing.append(outside)
            else:
                outside.close()

    def let_through(self, outside: socket.socket) -> None:
        inside = socket.create_connection(self.behind)
        self.passing += [outside, inside]
        for one, other in ((outside, inside), (inside, outside)):
            Thread(target=self.carry, args=(one, other), daemon=True).start()

    def carry(self, one: socket.socket, other: socket.socket) -> None:
        try:
            while piece := one.recv(65536):
                if self.is_open:
                    other.sendall(piece)
        except OSError:
            pass
        finally:
            end(other)

    def shut(self) -> None:
        """Everybody inside is thrown out, and nobody new gets in."""
        self.is_open = self.hangs = False
        self.clear()

    def hang(self) -> None:
        """Nothing is refused, and nothing is answered."""
        self.is_open, self.hangs = False, True

    def open(self) -> None:
        """As before; who waited in vain has to come again."""
        self.is_open = True
        self.clear()

    def clear(self) -> None:
        while self.passing:
            end(self.passing.pop())

    def close(self) -> None:
        self.shut()
        end(self.listener)


def end(connection: socket.socket) -> None:
    """Tell the other side, which a mere close does not do while somebody reads."""
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
    connection.close()
