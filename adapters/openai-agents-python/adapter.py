# Drives a RealtimeSession of openai-agents over its own WebSocket model. Versions are driven by the same code; notes.md says
# what surprised us.
import asyncio
import base64
import sys

from rtspec_driver import run, take_over

take_over()

from agents import FunctionTool  # noqa: E402
from agents.tool import default_tool_error_function  # noqa: E402
from agents.realtime import RealtimeAgent, RealtimeRunner  # noqa: E402
from agents.realtime import openai_realtime  # noqa: E402
from agents.realtime.model_inputs import RealtimeModelSendRawMessage  # noqa: E402

COMMON = [
    "text-turn",
    "cancel",
    "audio-input",
    "audio-output",
    "text-output",
    "tools",
    "session-update",
    "server-turns",
    "error-event",
    "connect-again",
]
# From 0.13.1 on a raw response.create waits its turn, too; before, it is the app's own affair.
QUEUED = ["request-reply", "out-of-band", "audio-commit", "request-queue"]
has_queue = hasattr(openai_realtime, "_ResponseCreateSequencer")


class Driver:
    def __init__(self, world):
        self._world = world
        self._report = world.report
        self._session = None
        # One for each time that the app connected: it closes what it has opened.
        self._opened = []
        self._connects = 0
        self._tasks = set()

    def perform(self, operation):
        if operation["do"] == "connect":
            self._connects += 1
            self._report.follow(f"connect {self._connects}", "connect", self._connect())
        else:
            self._start(self._try(operation))

    def _start(self, coroutine):
        task = asyncio.ensure_future(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, operation):
        try:
            await getattr(self, "_" + operation["do"])(operation)
        except Exception as error:
            self._report.refused(operation, error)

    async def _connect(self):
        world = self._world
        agent = RealtimeAgent(name="assistant", tools=[offered(tool) for tool in world.tools])
        settings = {"model_name": world.model, "output_modalities": [world.output], "modalities": [world.output]}
        runner = RealtimeRunner(agent, config={"tracing_disabled": True, "model_settings": settings})
        url = f"{world.url}?model={world.model}"
        session = await runner.run(model_config={"api_key": world.api_key, "url": url})
        # An app talks to the session that it has until the next one is connected.
        self._session = self._session or session
        self._opened.append(session)
        await session.enter()
        self._session = session
        self._start(self._listen(session))

    async def _listen(self, session):
        try:
            async for event in session:
                self._hear(event)
        except Exception as error:
            self._report.error(error)

    def _hear(self, event):
        if event.type == "audio":
            self._report.heard(audio=event.audio.data, response=event.audio.response_id)
        elif event.type == "error":
            self._report.error(event.error if isinstance(event.error, Exception) else as_dict(event.error))
        elif event.type == "raw_model_event":
            self._hear_model(event.data)

    def _hear_model(self, event):
        if event.type == "transcript_delta":
            self._report.heard(text=event.delta, response=event.response_id)
        elif event.type == "connection_status" and event.status != "connecting":
            self._report.state(event.status)
        elif event.type == "raw_server_event" and isinstance(event.data, dict):
            self._hear_server(event.data)

    def _hear_server(self, event):
        """Text output has no event of its own in the earlier versions, and turns tell no response's id there."""
        kind = event.get("type")
        response = event.get("response") if isinstance(event.get("response"), dict) else {}
        if kind == "response.output_text.delta":
            self._report.heard(text=str(event.get("delta")), response=event.get("response_id"))
        elif kind == "response.created":
            self._report.turn("started", response=response.get("id"))
        elif kind == "response.done":
            self._report.turn("ended", response=response.get("id"), status=response.get("status"))

    async def _say(self, operation):
        await self._session.send_message(operation["text"])

    async def _request(self, operation):
        asked = {"conversation": "none"} if operation.get("outOfBand") else {}
        if "instructions" in operation:
            asked["instructions"] = operation["instructions"]
        await self._send({"type": "response.create", "other_data": {"response": asked} if asked else {}})

    async def _send(self, message):
        await self._session.model.send_event(RealtimeModelSendRawMessage(message=message))

    async def _cancel(self, _operation):
        await self._session.interrupt()

    async def _speak(self, operation):
        await self._session.send_audio(base64.b64decode(operation["audio"]))

    async def _commit(self, _operation):
        await self._send({"type": "input_audio_buffer.commit"})
        await self._send({"type": "response.create"})

    async def _update(self, operation):
        agent = self._session._current_agent.clone(instructions=operation["instructions"])
        await self._session.update_agent(agent)

    async def _close(self, _operation):
        # At once: the close of one on a dead line takes its time.
        await asyncio.gather(*(session.close() for session in self._opened))


def as_dict(error):
    return error.model_dump(warnings=False) if hasattr(error, "model_dump") else {"message": str(error)}


def offered(tool):
    async def invoke(context, arguments):
        # What is raised becomes the output, as with the library's own function_tool.
        try:
            return await tool.run(arguments, context.tool_call_id)
        except Exception as error:
            return default_tool_error_function(context, error)

    return FunctionTool(
        name=tool.name,
        description=tool.description,
        params_json_schema=dict(tool.parameters),
        on_invoke_tool=invoke,
        strict_json_schema=True,
    )


can = COMMON + (QUEUED if has_queue else [])
run({"name": "openai-agents-python", "version": sys.argv[1], "protocol": "realtime", "can": can}, Driver)
