# Plays the harness's cases one after the other, each in an event loop of its own, so that nothing of one reaches the next.
import asyncio

from . import chance
from .clock import clock
from .loop import VirtualLoop
from .world import World

PROTOCOL_VERSION = 1
OPERATIONS = frozenset(
    ["connect", "say", "request", "cancel", "speak", "commit", "update", "truncate", "warm-up", "steer", "close"]
)


class Unsupported(Exception):
    """Raise out of `perform` for an operation that the adapter does not know."""


class Session:
    def __init__(self, control, about, open_driver):
        self._control = control
        self._about = {"is": "about", "rtspec": PROTOCOL_VERSION, "stepwise": True, **about}
        self._open_driver = open_driver
        self._loop = None
        self._world = None
        self._driver = None
        self._next = None
        self._settling = None
        control.on_message = self._handle
        control.on_idle = self._settled
        control.is_asked = lambda: self._settling is not None
        control.step = lambda: self._loop is not None and self._loop.step()

    def run(self):
        while True:
            while self._next is None:
                self._control.flush()
                self._control.read()
            case, self._next = self._next, None
            self._play(case)

    def _play(self, case):
        chance.reseed(case["seed"])
        clock.begin()
        self._loop = VirtualLoop(self._control)
        asyncio.set_event_loop(self._loop)
        self._world = World(case, self._send_for(self._loop))
        self._loop.call_soon(self._begin)
        self._loop.run_forever()
        loop, self._loop, self._driver = self._loop, None, None
        loop.dissolve()

    def _begin(self):
        try:
            self._driver = self._open_driver(self._world)
        except Exception as error:
            self._fault("opening", error)
        self._control.send({"is": "opened"})

    def _send_for(self, loop):
        """What comes of a case that is over is nobody's."""
        return lambda message: self._control.send(message) if loop is self._loop else None

    def _handle(self, message):
        do = message.get("do")
        if self._loop and "now" in message:
            self._loop.tick(float(message["now"]))
        if do == "hello":
            self._control.send(self._about)
        elif do in ("open", "end"):
            self._next = message if do == "open" else None
            if self._loop:
                self._loop.stop()
        elif do == "perform" and self._name_of(message) in OPERATIONS:
            if self._loop:
                self._loop.call_soon(self._perform, message["operation"])
        elif do == "settle":
            self._settling = message["id"]
            if self._loop:
                self._loop.keep_to(message.get("steps"))
            else:
                self._settled()
        elif do == "tool-result":
            if self._world and self._loop:
                self._loop.call_soon(self._world.tool_result, message)
        else:
            what = self._name_of(message) if do == "perform" else do
            self._control.send({"is": "unsupported", "what": str(what)})

    @staticmethod
    def _name_of(message):
        operation = message.get("operation")
        return operation.get("do") if isinstance(operation, dict) else None

    def _perform(self, operation):
        if self._driver is None:
            return
        try:
            self._driver.perform(operation)
        except Unsupported:
            self._control.send({"is": "unsupported", "what": operation["do"]})
        except Exception as error:
            self._fault(f"the operation {operation['do']}", error)

    def _fault(self, what, error):
        self._control.send({"is": "fault", "message": f"{what} raised {type(error).__name__}: {error}"})

    def _settled(self):
        if self._settling is None:
            return
        members = {"id": self._settling}
        self._settling = None
        loop = self._loop
        if loop:
            timers, due = loop.timers()
            members |= {"timers": timers, "sockets": loop.sockets(), "received": loop.received, "sent": loop.sent}
            if due is not None:
                members["next"] = due
        # Numbers alone: written by hand, for this is said after each event that the server sends.
        self._control.send_line('{"is":"settled",' + ",".join(f'"{name}":{value}' for name, value in members.items()) + "}")
