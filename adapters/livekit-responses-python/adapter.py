# Drives the Responses LLM of livekit-plugins-openai over its pooled WebSocket. As in LiveKit's AgentSession, the app keeps the
# chat context, hands a copy of it to each chat(), and runs the tools that a reply calls.
import asyncio
import pathlib
import sys

from rtspec_driver import Unsupported, run, take_over

take_over()
# The app's tools in LiveKit's form: the same for both of its clients.
sys.path.append(str(pathlib.Path(__file__).parent.parent / "livekit-python"))

import aiohttp  # noqa: E402
from livekit.agents import llm  # noqa: E402
from livekit.plugins.openai import responses  # noqa: E402
from tools import offered, run_call  # noqa: E402

CAN = [
    "text-turn",
    "reply-stream",
    "cancel",
    "cancel-request",
    "text-output",
    "tools",
    "error-event",
    "reconnect",
    "conversation",
    "concurrent",
    "retry",
    "connection-pool",
]


class InTurn:
    """Connections of a pool. A set gives any of them, by where they lie in memory; this one gives the one that has been in it for
    longest, so that a story goes the same way each time."""

    def __init__(self):
        self._held = {}

    def add(self, connection):
        self._held[connection] = True

    def update(self, connections):
        self._held.update(dict.fromkeys(connections, True))

    def discard(self, connection):
        self._held.pop(connection, None)

    def pop(self):
        connection = next(iter(self._held))
        del self._held[connection]
        return connection

    def clear(self):
        self._held.clear()

    def __contains__(self, connection):
        return connection in self._held

    def __iter__(self):
        return iter(self._held)

    def __len__(self):
        return len(self._held)


class Driver:
    def __init__(self, world):
        self._world = world
        self._report = world.report
        self._context = llm.ChatContext.empty()
        self._streams = {}
        self._tasks = set()
        self._count = 0
        self._is_closed = False

    def perform(self, operation):
        act = getattr(self, "_" + operation["do"].replace("-", "_"), None)
        if act is None:
            raise Unsupported
        try:
            act(operation)
        except Exception as error:
            self._report.refused(operation, error)

    def _connect(self, _operation):
        world = self._world
        self._client = responses.LLM(api_key=world.api_key, base_url=world.url, model=world.model)
        self._http = aiohttp.ClientSession()
        # What it would take from the context of a LiveKit job, which is the app here.
        self._client._ws._session = self._http
        pool = self._client._ws._pool
        # The free ones, those to be closed, and (1.8.9) those to be closed when they come back.
        pool._available, pool._to_close, pool._retired = InTurn(), InTurn(), InTurn()
        self._client.on("error", lambda event: self._report.error(event.error))
        self._client.prewarm()

    def _say(self, operation):
        self._context.add_message(role="user", content=operation["text"])
        self._chat(operation["request"])

    def _cancel(self, operation):
        named = operation.get("request")
        for stream, request in list(self._streams.items()):
            if named is None or named == request:
                self._streams.pop(stream)
                self._start(stream.aclose())

    def _close(self, _operation):
        self._is_closed = True
        self._count += 1
        self._report.follow(f"close {self._count}", "close", self._closed())

    async def _closed(self):
        try:
            await self._client.aclose()
        finally:
            await self._http.close()

    def _chat(self, request):
        stream = self._client.chat(chat_ctx=self._context.copy(), tools=offered(self._world.tools))
        self._streams[stream] = request
        self._count += 1
        future = f"stream {self._count} of {request}"
        reading = self._report.follow(
            future, "stream", self._read(stream, future, request), request=request, response_of=lambda response: response
        )
        reading.add_done_callback(lambda _task: self._streams.pop(stream, None))

    async def _read(self, stream, future, request):
        """Gives the id of the response that the stream ended with: where a request is sent again, it goes on with another.
        Of a stream that raises nothing is kept, and its calls are not run."""
        text, response, calls = "", None, []
        async with stream:
            async for chunk in stream:
                if chunk.id and chunk.id != response:
                    response = chunk.id
                    self._report.turn("started", response=response)
                if chunk.delta is None:
                    continue
                calls.extend(chunk.delta.tool_calls or [])
                if chunk.delta.content:
                    text += chunk.delta.content
                    self._report.heard(text=chunk.delta.content, response=response, future=future)
        if response is not None:
            self._report.turn("ended", response=response)
        if text:
            self._context.add_message(role="assistant", content=text)
        # An app that has closed asks for nothing more, and what was interrupted is not gone on with.
        if calls and not self._is_closed and stream in self._streams:
            self._start(self._answer(request, calls))
        return response

    async def _answer(self, request, calls):
        """As AgentSession does: every call and its output into the context, then one more chat() over it all."""
        outputs = await asyncio.gather(*(run_call(self._world.tools, call) for call in calls))
        made = [llm.FunctionCall(call_id=call.call_id, name=call.name, arguments=call.arguments) for call in calls]
        self._context.items.extend([*made, *outputs])
        if not self._is_closed:
            self._chat(request)

    def _start(self, coroutine):
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


run({"name": "livekit-responses-python", "version": sys.argv[1], "protocol": "responses", "can": CAN}, Driver)
