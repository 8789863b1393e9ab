# Drives the RealtimeSession of livekit-plugins-openai: the layer under LiveKit's AgentSession, which is the app here. What
# AgentSession does with a session is what this does: see notes.md.
import sys

from rtspec_driver import run, take_over

take_over()

import aiohttp  # noqa: E402
from livekit import rtc  # noqa: E402
from livekit.plugins import openai  # noqa: E402
from replies import Replies  # noqa: E402
from tools import offered  # noqa: E402

CAN = [
    "text-turn",
    "request-reply",
    "reply-future",
    "reply-stream",
    "request-timeout",
    "cancel",
    "cancel-request",
    "audio-input",
    "audio-commit",
    "audio-output",
    "text-output",
    "tools",
    "session-update",
    "server-turns",
    "error-event",
    "reconnect",
    "truncate",
]


class Driver:
    def __init__(self, world):
        self._world = world
        self._report = world.report
        self._session = None
        self._replies = None
        self._followed = 0

    def perform(self, operation):
        try:
            getattr(self, "_" + operation["do"].replace("-", "_"))(operation)
        except Exception as error:
            self._report.refused(operation, error)

    def _connect(self, _operation):
        """A session dials by itself and tells nobody when it has connected."""
        world = self._world
        self._http = aiohttp.ClientSession()
        model = openai.realtime.RealtimeModel(
            api_key=world.api_key,
            base_url=world.url.removesuffix("/realtime"),
            model=world.model,
            modalities=["audio"] if world.output == "audio" else ["text"],
            http_session=self._http,
        )
        self._session = model.session()
        self._replies = Replies(world, self._session)
        self._session.on("error", lambda event: self._report.error(event.error))
        self._session.on("session_reconnected", lambda _event: self._report.state("reconnected"))
        self._session.on("generation_created", self._replies.on_generation)
        if world.tools:
            self._follow("other", self._session.update_tools(offered(world.tools)))

    def _say(self, operation):
        self._replies.ask_with_text(operation["request"], operation["text"])

    def _request(self, operation):
        self._replies.ask(operation["request"], operation.get("instructions"))

    def _commit(self, operation):
        self._session.commit_audio()
        self._replies.ask(operation["request"])

    def _cancel(self, operation):
        """A session interrupts whatever is under way: of a request that is over, or has not been asked yet, there is nothing."""
        request = operation.get("request")
        if self._replies.give_up(request):
            return
        if request is not None and not self._replies.is_read(request):
            raise RuntimeError(f"nothing of {request} is under way")
        self._replies.discard()
        self._session.interrupt()

    def _speak(self, operation):
        self._session.push_audio(frame_of(operation["audio"]))

    def _update(self, operation):
        self._follow("other", self._session.update_instructions(operation["instructions"]))

    def _truncate(self, operation):
        self._session.truncate(
            message_id=self._replies.last_message_id, modalities=["audio"], audio_end_ms=operation["heardMs"]
        )

    def _close(self, _operation):
        self._follow("close", self._closed())

    async def _closed(self):
        try:
            await self._session.aclose()
        finally:
            await self._http.close()

    def _follow(self, kind, awaitable):
        self._followed += 1
        self._report.follow(f"{kind} {self._followed}", kind, awaitable)


def frame_of(audio):
    import base64

    data = base64.b64decode(audio)
    return rtc.AudioFrame(data=data, sample_rate=24000, num_channels=1, samples_per_channel=len(data) // 2)


run({"name": "livekit-python", "version": sys.argv[1], "protocol": "realtime", "can": CAN}, Driver)
