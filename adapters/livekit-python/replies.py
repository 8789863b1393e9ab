# The replies that the app asked for or was given: those that wait for their generation, and those that are being read.
import asyncio

from generation import Reader
from tools import run_call


class Replies:
    def __init__(self, world, session):
        self._world = world
        self._report = world.report
        self._session = session
        self._waiting = {}
        self._readers = set()
        self._taken = []
        self._context_lock = asyncio.Lock()
        self._follow_ups = 0
        self.last_message_id = ""

    def ask(self, request, instructions=None):
        self._follow_reply(request, self._ask(request, instructions))

    def ask_with_text(self, request, text):
        async def say():
            await self._change_context(lambda context: context.add_message(role="user", content=text))
            return await self._ask(request)

        self._follow_reply(request, say())

    def give_up(self, request):
        """Gives up a request that waits. Tells whether there was one of that name."""
        waiting = self._waiting.get(request)
        return waiting is not None and waiting.cancel()

    def is_read(self, request):
        """What was generated for it is being read."""
        return any(reader.request == request for reader in self._readers)

    def discard(self):
        """The app interrupted: nothing more of what is being read is played or run, as in AgentSession."""
        for reader in self._readers:
            reader.wanted = False

    def on_generation(self, generation):
        if not generation.user_initiated:
            self._take(generation)

    def _follow_reply(self, request, asked):
        self._report.follow(
            f"reply {request}", "reply", asked, request=request, response_of=lambda generation: generation.response_id
        )

    async def _ask(self, request, instructions=None):
        options = {} if instructions is None else {"instructions": instructions}
        reply = self._session.generate_reply(**options)
        self._waiting[request] = reply
        try:
            generation = await reply
        finally:
            del self._waiting[request]
        self._take(generation, request)
        return generation

    def _take(self, generation, request=None):
        """Reads a generation to its end, runs the tools that it calls, and asks for the reply to their outputs."""
        results = []
        self._taken.append(generation.response_id)
        reader = Reader(
            self._report,
            generation,
            request,
            time=self._taken.count(generation.response_id),
            on_message=self._remember,
            on_call=lambda call: results.append(asyncio.ensure_future(run_call(self._world.tools, call))),
        )
        self._readers.add(reader)

        def ended(_task):
            self._readers.discard(reader)
            if results:
                self._follow_ups += 1
                self._report.follow(f"follow-up {self._follow_ups}", "other", self._answer(results))

        reader.ended.add_done_callback(ended)

    def _remember(self, message_id):
        self.last_message_id = message_id

    async def _answer(self, running):
        """As AgentSession does: every output first, then one reply to them all."""
        outputs = await asyncio.gather(*running)
        await self._change_context(lambda context: context.items.extend(outputs))
        self._take(await self._session.generate_reply())

    async def _change_context(self, change):
        """One change after the other: each begins from what the server has acknowledged."""
        async with self._context_lock:
            context = self._session.chat_ctx.copy()
            change(context)
            await self._session.update_chat_ctx(context)

