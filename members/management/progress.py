"""A progress bar for commands: one line that is drawn again, or plain lines in a log."""

from django.core.management.base import OutputWrapper

WIDTH = 30
STEP = 10  # percent between two lines where the stream is no terminal


class ProgressBar:
    """Shows how far a command is; call it with a percent."""

    def __init__(self, stream: OutputWrapper, label: str) -> None:
        self.stream = stream
        self.label = label
        self.shown = -1

    def __call__(self, percent: int) -> None:
        if self.stream.isatty():
            self._draw(percent)
        elif percent >= self.shown + STEP or percent == 100 > self.shown:
            self.stream.write(f"{self.label}: {percent} %\n")
            self.shown = percent

    def _draw(self, percent: int) -> None:
        filled = "█" * (WIDTH * percent // 100)
        end = "\n" if percent >= 100 else ""
        line = f"\r{self.label} [{filled:<{WIDTH}}] {percent:3} %{end}"
        self.stream.write(line, ending="")
        self.stream.flush()
