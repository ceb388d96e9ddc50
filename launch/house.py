"""`python3 run.py`: the whole product on this machine, until Ctrl-C."""

import errno
import http.client
import signal
import socket
import sys
import time

from launch.installing import install, one_at_a_time
from launch.places import DEMO_PASSWORD, LOGS, PYTHON, ROOT, VAR, say, shown
from launch.processes import Child, inherit_orphans, last_lines, rotated, stop
from launch.setting_up import environment, make_folders, prepare

FIRST_PORT = 8000
PORTS_TRIED = 50
READY_WITHIN = 60
STOP_WITHIN = 10  # the worker takes three seconds of its own, under load four
SIGN_INS = [
    ("ann@demo.example", "sales rep"),
    ("ben@demo.example", "Ann's manager"),
    ("cleo@demo.example", "sales rep of another team"),
    ("eve@demo.example", "executive"),
    ("ada@demo.example", "administrator"),
]


class Stopping:
    """Ctrl-C, `kill` or a closed terminal: remembered here, acted on by the loop below, so nothing is half started."""

    times = 0

    def __init__(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup stays nohup
                signal.signal(number, self.ask)

    def ask(self, *_: object) -> None:
        self.times += 1

    @property
    def asked(self) -> bool:
        return self.times > 0

    def hurried(self) -> bool:
        """Asked again: whoever waits at the terminal has waited enough."""
        return self.times > 1


def interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def open_up(port: int | None, people: int = 0) -> int:
    """Install, prepare, serve. The exit code is 0 when somebody stopped it, 1 when it could not start."""
    signal.signal(signal.SIGINT, interrupt)  # a shell's background job would ignore it
    signal.signal(signal.SIGTERM, interrupt)
    try:
        listen(port).close()  # a taken port should be told now, not after a minute of installing
        with one_at_a_time():
            install("requirements.txt")
            make_folders()
            prepare(environment(port or FIRST_PORT), people)
        inherit_orphans()
        with listen(port) as listener:
            return serve(listener)
    except KeyboardInterrupt:
        say("Stopped.")
        return 0
    except OSError as error:  # such as a full disk
        say(f"Two Eyes cannot run here: {error}")
        return 1


def listen(port: int | None) -> socket.socket:
    """A listening socket on the wanted port, or on the first free one."""
    for candidate in [port] if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        try:
            return socket.create_server(("127.0.0.1", candidate), backlog=512)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                sys.exit(f"Port {candidate} cannot be used: {error.strerror}.")
    if port is not None:
        sys.exit(f"Port {port} is taken. Give another with --port, or leave it out.")
    sys.exit(f"Ports {FIRST_PORT} to {FIRST_PORT + PORTS_TRIED - 1} are all taken. Give another with --port.")


def serve(listener: socket.socket) -> int:
    """Start web and worker, tell how to get in, keep both alive until asked to stop."""
    port = listener.getsockname()[1]
    stopping = Stopping()
    children: list[Child] = []
    try:
        children.append(web(listener, environment(port)))
        children.append(worker(port, environment(port)))
        if not is_ready(port, children[0], stopping):
            return 0 if stopping.asked else failed(children[0])
        introduce(port)
        while not stopping.asked:
            for child in children:
                child.keep_alive()
            time.sleep(0.2)
        say("\nStopping … (once more to stop at once)")
    finally:
        stop(children, within=STOP_WITHIN, hurried=stopping.hurried)
    say("Stopped.")
    return 0


def web(listener: socket.socket, env: dict[str, str]) -> Child:
    """The web server on a socket that stays open here: while it starts again, visitors wait instead of failing."""
    bind = f"fd://{listener.fileno()}"
    command = [PYTHON, "-m", "gunicorn", "--config", ROOT / "config" / "gunicorn.py", "--bind", bind, "config.wsgi"]
    return Child("web server", command, env=env, log=rotated(LOGS / "web.log"), fds=(listener.fileno(),))


def worker(port: int, env: dict[str, str]) -> Child:
    """A worker and the clock in it. The clock's file bears the port, as two clocks cannot share one."""
    clock = ["--beat", "--schedule", VAR / f"beat-{port}"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    command = [PYTHON, "-m", "celery", "--app", "config", "worker", "--concurrency", 2, *clock, *quiet]
    return Child("worker", command, env=env, log=rotated(LOGS / "worker.log"))


def is_ready(port: int, web: Child, stopping: Stopping) -> bool:
    deadline = time.monotonic() + READY_WITHIN
    while web.is_running() and not stopping.asked and time.monotonic() < deadline:
        if answers(port):
            return True
        time.sleep(0.1)
    return False


def answers(port: int) -> bool:
    """Asked directly, so that a proxy in the environment is left out of it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def failed(child: Child) -> int:
    say(f"The {child.name} did not start. The end of {shown(child.log)}:\n{last_lines(child.log)}")
    return 1


def introduce(port: int) -> None:
    say(f"\nTwo Eyes is ready:  http://127.0.0.1:{port}/\n")
    say(f"Sign in with the password  {DEMO_PASSWORD.read_text().strip()}  (kept in {shown(DEMO_PASSWORD)}) as")
    for email, who in SIGN_INS:
        say(f"  {email:<20}{who}")
    say(f"\nLogs are in {shown(LOGS)}. Ctrl-C stops it.")
