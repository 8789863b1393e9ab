# The control channel: lines of JSON on what were the process's stdin and stdout. From here on the subject's own printing
# goes to stderr, and the process ends with the harness.
import atexit
import json
import os
import select
import sys
import threading

from .clock import real_sleep

CHUNK = 1 << 16
_text = json.JSONEncoder(separators=(",", ":"), default=str).encode


class Control:
    """`on_message` is given each message; `is_asked` tells whether the harness waits to hear that nothing is left to run;
    `on_idle` is called when nothing is."""

    def __init__(self):
        self._in = os.dup(0)
        self._out = os.dup(1)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(2, 1)
        sys.stdout = sys.stderr
        self._rest = b""
        self._lines = []
        self._has_news = False
        self.on_message = lambda message: None
        self.on_idle = lambda: None
        self.is_asked = lambda: False
        self.step = lambda: False
        self._writing = threading.Lock()
        self._process = os.getpid()
        self._exit_at_once = os._exit
        os._exit = self._exit
        atexit.register(self._write)
        threading.Thread(target=self._watch, args=(os.getppid(),), daemon=True).start()

    def send(self, message):
        self._lines.append(_text(message))
        self._has_news = True

    def send_line(self, line):
        """A line that may wait for the next message, or for the end of the process."""
        self._lines.append(line)

    def flush(self):
        """No news is kept back for longer than one turn of the loop: the subject may end the process in the next."""
        if self._has_news:
            self._write()

    def _write(self):
        with self._writing:
            self._has_news = False
            lines, self._lines = self._lines, []
            left = "".join(line + "\n" for line in lines).encode()
            while left:
                left = left[os.write(self._out, left) :]

    def idle(self):
        self.on_idle()
        self._write()

    def read_if_any(self):
        if select.select([self._in], [], [], 0)[0]:
            self.read()

    def read(self):
        """Waits until something comes, and handles it."""
        chunk = os.read(self._in, CHUNK)
        if not chunk:
            os._exit(0)
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            if not line.strip():
                continue
            try:
                message = json.loads(line.decode())
            except ValueError:
                message = None
            if not isinstance(message, dict):
                message = {"do": "no JSON object"}
            self.on_message(message)

    def _exit(self, status):
        """A fork of the process has nothing to say."""
        try:
            if os.getpid() == self._process:
                self._write()
        finally:
            self._exit_at_once(status)

    def _watch(self, parent):
        """A busy process does not see its stdin end: no process outlives the harness. Nor does it say what led there."""
        before = None
        while os.getppid() == parent:
            real_sleep(1)
            if self._lines and self._lines is before:
                self._write()
            before = self._lines
        self._exit_at_once(0)
