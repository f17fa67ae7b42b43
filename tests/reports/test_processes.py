"""Programs that run beside the demonstration end with it and leave their logs."""

import signal

from reports.management import processes


def test_a_program_that_is_run_ends_with_the_block_and_leaves_its_log(
    tmp_path, monkeypatch
):
    log = tmp_path / "log" / "python.log"
    code = "import(sys)"

    with processes.running(f"python -c {code}", log=log) as process:
        process.wait(20)

    assert process.returncode == 1
    assert "SyntaxError" in log.read_text()


def test_a_program_that_does_not_end_is_killed(monkeypatch, tmp_path):
    script = tmp_path / "deaf.py"
    script.write_text(
        "import signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('deaf', flush=True)\n"
        "time.sleep(60)\n"
    )
    log = tmp_path / "log"
    monkeypatch.setattr(processes, "SECONDS_TO_END", 0.1)

    with processes.running(f"python {script}", log=log) as process:
        while "deaf" not in log.read_text():
            assert process.poll() is None

    assert process.returncode == -signal.SIGKILL
