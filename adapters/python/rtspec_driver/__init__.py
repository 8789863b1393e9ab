# Runs an adapter of an asyncio client under rtspec: virtual time, seeded chance, one event loop for each case.
#
#   from rtspec_driver import run, take_over
#   take_over()            # before the client is imported
#   import my_client
#   run({"name": "my-client", "version": "1.2.3", "protocol": "realtime", "can": [...]}, open_driver)
#
# `open_driver(world)` gives an object whose `perform(operation)` starts an operation and returns; it is called inside the
# event loop. What has to settle later is followed with `world.report`.
import gc
import logging

from . import chance, clock, network
from .session import Session, Unsupported
from .world import Tool, World

__all__ = ["Tool", "Unsupported", "World", "run", "take_over"]

_control = None


def take_over():
    """Replaces time, chance and the standard streams. Call before the client is imported."""
    global _control
    from .control import Control

    _control = Control()
    clock.install()
    chance.install()
    network.install()


def run(about, open_driver):
    """Plays cases until the harness goes away. Never returns."""
    if _control is None:
        take_over()
    # Nobody reads a client's log, and to format its tracebacks costs more than many cases do.
    logging.getLogger().addHandler(logging.NullHandler())
    # What was imported lives as long as the process: no collection need look at it.
    gc.freeze()
    Session(_control, about, open_driver).run()
