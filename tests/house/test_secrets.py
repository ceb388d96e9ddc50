import re
import stat

from launch.setting_up import environment, secret_file, spoken_password


def test_a_secret_is_made_once_and_for_its_owner_only(tmp_path):
    first = secret_file(tmp_path / "secret-key", "made at first")

    second = secret_file(tmp_path / "secret-key", "made later")

    assert first == second == "made at first"
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_a_secret_half_written_by_an_earlier_start_is_made_anew(tmp_path):
    (tmp_path / "secret-key.new").write_text("half")

    assert secret_file(tmp_path / "secret-key", "whole") == "whole"


def test_a_secret_that_a_power_cut_left_empty_is_made_anew(tmp_path):
    (tmp_path / "secret-key").touch()

    assert secret_file(tmp_path / "secret-key", "whole") == "whole"


def test_the_demo_password_can_be_typed_on_a_phone():
    password = spoken_password()

    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", password)
    assert password != spoken_password()


def test_a_trial_is_never_a_development_server_nor_somebody_elses_database(monkeypatch, tmp_path):
    monkeypatch.setattr("launch.setting_up.VAR", tmp_path)
    for name in ("DEBUG", "DATABASE_URL", "REDIS_URL", "MAIL_URL"):
        monkeypatch.setenv(name, "anything")

    env = environment(8123)

    assert {"DEBUG", "DATABASE_URL", "REDIS_URL", "MAIL_URL"}.isdisjoint(env)
    assert env["PUBLIC_URL"] == "http://127.0.0.1:8123"
