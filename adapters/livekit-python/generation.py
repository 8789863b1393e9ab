# Reads one generation to its end and reports what it delivers: messages with a text and an audio stream each, and calls.
import asyncio


class Reader:
    """`ended` is a task that ends when all of the generation's streams have."""

    def __init__(self, report, generation, request, time, on_message, on_call):
        self.request = request
        self._report = report
        self._response = generation.response_id
        # A client may hand out one response more than once.
        self._future = f"stream of {self._response}" + ("" if time == 1 else f", {time}")
        self._on_message = on_message
        self._on_call = on_call
        self.wanted = True
        report.turn("started", response=self._response)
        self.ended = report.follow(
            self._future, "stream", self._read(generation), request=request, response=self._response
        )
        self.ended.add_done_callback(lambda _task: report.turn("ended", response=self._response))

    async def _read(self, generation):
        await asyncio.gather(self._messages(generation.message_stream), self._calls(generation.function_stream))

    async def _messages(self, stream):
        reading = []
        async for message in stream:
            self._on_message(message.message_id)
            reading.append(asyncio.ensure_future(self._text(message.text_stream)))
            reading.append(asyncio.ensure_future(self._audio(message.audio_stream)))
        await asyncio.gather(*reading)

    async def _text(self, stream):
        async for piece in stream:
            if self.wanted:
                self._report.heard(text=str(piece), response=self._response, future=self._future)

    async def _audio(self, stream):
        async for frame in stream:
            if self.wanted:
                self._report.heard(audio=bytes(frame.data), response=self._response, future=self._future)

    async def _calls(self, stream):
        async for call in stream:
            if self.wanted:
                self._on_call(call)
