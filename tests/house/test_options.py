import pytest

from run import arguments


def test_without_a_word_the_product_starts_on_any_free_port():
    options, rest = arguments([])

    assert (options.command, options.port, rest) == (None, None, [])


def test_a_port_can_be_fixed():
    options, _ = arguments(["--port", "8123"])

    assert options.port == 8123


def test_what_run_py_does_not_know_goes_to_pytest_in_its_order():
    options, rest = arguments(["test", "--pg", "-k", "quiet", "tests/users", "-x", "--full"])

    assert (options.pg, options.full, options.e2e, options.qa) == (True, True, False, False)
    assert rest == ["-k", "quiet", "tests/users", "-x"]


def test_a_misspelt_option_is_refused(capsys):
    with pytest.raises(SystemExit):
        arguments(["--ports"])

    assert "unknown: --ports" in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_number_that_is_no_port_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        arguments(["--port", port])

    assert "--port takes a number from 1 to 65535" in capsys.readouterr().err


def test_a_crowd_can_be_asked_for():
    options, _ = arguments(["--people", "5000"])

    assert options.people == 5000
