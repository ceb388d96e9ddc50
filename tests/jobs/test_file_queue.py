"""The queue of files outlives a power cut: what was being written is not there, what is broken is set aside."""

import base64
from queue import Empty
from threading import Thread

import pytest
from kombu import Connection, Queue

from config import file_queue
from tests.jobs import houses

BROKEN = {
    "empty": b"",
    "half": b'{"body": "W1siMjAyNi0wMy0wMiJd',
    "no-text": b"\xff\xfe\0\x80",
    "no-message": b"[]",
    "no-address": b"{}",
    "no-tag": b'{"properties": {}, "body": ""}',
    "bad-body": b'{"properties": {"delivery_tag": "1", "body_encoding": "base64"}, "body": "a"}',
}


@pytest.fixture
def folder(tmp_path):
    for name in ("in", "control"):
        (tmp_path / name).mkdir()
    return tmp_path


@pytest.fixture
def channel(folder):
    with open_channel(folder) as connection:
        yield connection.default_channel


def open_channel(folder):
    """A connection as a program's first: what was declared in the one before is forgotten."""
    file_queue.Transport.global_state.clear()
    options = {
        "data_folder_in": str(folder / "in"),
        "data_folder_out": str(folder / "in"),
        "control_folder": str(folder / "control"),
    }
    return Connection("filesystem://", transport=file_queue.Transport, transport_options=options)


def message(text):
    body = base64.b64encode(text.encode()).decode()
    return {"properties": {"delivery_tag": text, "body_encoding": "base64"}, "body": body}


def drained(channel):
    """Every message there is, by its tag."""
    tags = []
    while True:
        try:
            tags.append(channel._get("celery")["properties"]["delivery_tag"])
        except Empty:
            return tags


def test_messages_come_in_their_order(channel):
    for number in range(12):
        channel._put("celery", message(f"{number:02}"))

    assert drained(channel) == [f"{number:02}" for number in range(12)]


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_message_is_set_aside_by_name_and_the_next_one_is_read(kind, channel, folder, caplog):
    (folder / "in" / f"0_{kind}.celery.msg").write_bytes(BROKEN[kind])
    channel._put("celery", message("whole"))

    assert drained(channel) == ["whole"]
    assert (folder / "unreadable" / f"0_{kind}.celery.msg").read_bytes() == BROKEN[kind]
    assert f"0_{kind}.celery.msg" in caplog.text


def test_a_full_disk_leaves_no_half_message(channel, folder, monkeypatch):
    def no_space(self, text):
        with open(self, "w") as file:
            file.write(text[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_text", no_space)

    with pytest.raises(file_queue.ChannelError, match="No space left"):
        channel._put("celery", message("whole"))
    assert list((folder / "in").iterdir()) == []


def test_a_message_is_seen_only_once_it_is_whole(channel, folder, monkeypatch):
    """Whatever is read in the middle of writing is nothing."""
    seen = []
    write = file_queue.Path.write_text
    monkeypatch.setattr(
        "pathlib.Path.write_text", lambda path, text: (write(path, text[:10]), seen.extend(drained(channel)))
    )

    channel._put("celery", message("half"))

    assert seen == []


def test_each_message_reaches_one_of_many_readers(folder):
    with open_channel(folder) as connection:
        for number in range(200):
            connection.default_channel._put("celery", message(str(number)))
    taken = []

    def read():
        with open_channel(folder) as connection:
            taken.extend(drained(connection.default_channel))

    readers = [Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()

    assert sorted(taken, key=int) == [str(number) for number in range(200)]


@pytest.mark.parametrize("content", ["", '[["celery", "", "cel', "null"])
def test_a_broken_table_is_set_aside_and_made_anew(content, folder):
    (folder / "control" / "celery.exchange").write_text(content)

    with open_channel(folder) as connection:
        Queue("celery", exchange="celery", routing_key="celery")(connection.default_channel).declare()
        table = connection.default_channel.get_table("celery")

    assert [row.queue for row in table] == ["celery"]
    assert (folder / "unreadable" / "celery.exchange").read_text() == content


def test_a_table_forgets_one_queue_and_keeps_the_other(channel):
    for name in ("one", "two"):
        channel._queue_bind("bell", name, "", name)

    channel._delete("one", "bell", "one", "")

    assert [row.queue for row in channel.get_table("bell")] == ["two"]


@pytest.mark.processes
def test_a_worker_lives_on_over_what_a_power_cut_left(tmp_path):
    house = houses.on_sqlite(tmp_path)
    left, control = tmp_path / "queue" / "in", tmp_path / "queue" / "control"
    for place in (left, control):
        place.mkdir(parents=True, exist_ok=True)
    for kind in ("empty", "half"):
        (left / f"0_{kind}.celery.msg").write_bytes(BROKEN[kind])
    (control / "celery.exchange").write_text("")

    try:
        worker = house.start_worker()
        house.wait_until(lambda: done(house) > 0, within=180, every=0.2)
        (left / "0_later.celery.msg").write_bytes(BROKEN["bad-body"])
        house.wait_until((tmp_path / "queue" / "unreadable" / "0_later.celery.msg").exists, within=60, every=0.2)
        before = done(house)
        house.python("manage.py", "shell", "-v", "0", "-c", RING_BY_HAND)
        house.wait_until(lambda: done(house) > before, within=60, every=0.2)

        assert worker.poll() is None
        assert "Traceback" not in house.logs()
    finally:
        house.close()


RING_BY_HAND = "from config.jobs import JOBS; JOBS['prune_logs'].run_by_hand()"


def done(house):
    return house.count("records_jobrun WHERE state = 'done'")
