# Drives the OpenAIRealtimeAgentAdapter of langwatch-scenario. What its executor does with it is what this does: it sends,
# then reads the reply to its end, one reply after the other. See notes.md.
import asyncio
import os
import sys

from rtspec_driver import run, take_over

take_over()
# One of its dependencies would fetch a list of prices when it is imported.
os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"

from scenario.voice.adapters import openai_realtime  # noqa: E402

CAN = [
    "text-turn",
    "request-queue",
    "cancel",
    "audio-output",
    "connect-again",
]
# As the executor waits: for the first sound of a reply, and for silence after the last.
FIRST_SOUND_S = 60.0
SILENCE_S = 1.0


class Driver:
    def __init__(self, world):
        self._world = world
        self._report = world.report
        openai_realtime.REALTIME_URL_TEMPLATE = world.url + "?model={model}"
        self._client = openai_realtime.OpenAIRealtimeAgentAdapter(model=world.model, api_key=world.api_key)
        self._reading = asyncio.Lock()
        self._counts = {}
        self._is_wanted = True
        self._tasks = set()

    def perform(self, operation):
        do = operation["do"]
        if do == "say":
            self._start(self._read(operation["request"], self._client.send_text(operation["text"])))
        elif do in ("connect", "close"):
            self._counts[do] = self._counts.get(do, 0) + 1
            act = self._client.connect() if do == "connect" else self._client.disconnect()
            self._report.follow(f"{do} {self._counts[do]}", do, act)
        elif do == "cancel":
            self._is_wanted = False  # as the executor, which stops reading the reply that it interrupts
            self._start(self._try(operation, self._client.interrupt()))

    async def _read(self, request, sending):
        """One reply after the other, each to its end. The future is recv_audio()'s: it exists from when it is called."""
        try:
            await sending
            async with self._reading:
                self._is_wanted = True
                first = asyncio.ensure_future(self._client.recv_audio(timeout=FIRST_SOUND_S))
                await self._report.follow(f"reply {request}", "reply", first, request=request)
                if first.exception():
                    return
                chunk = first.result()
                while chunk.data:
                    if self._is_wanted:
                        self._report.heard(audio=bytes(chunk.data))
                    chunk = await self._client.recv_audio(timeout=SILENCE_S)
        except asyncio.TimeoutError:
            pass  # silence: the reply is over
        except Exception as error:
            self._report.error(error)

    def _start(self, coroutine):
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, operation, act):
        try:
            await act
        except Exception as error:
            self._report.refused(operation, error)


run({"name": "scenario-python", "version": sys.argv[1], "protocol": "realtime", "can": CAN}, Driver)
