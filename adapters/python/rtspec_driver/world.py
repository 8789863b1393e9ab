# What an adapter is given for one case: the World of harness/adapter.ts.
import asyncio

from .report import Report


class Tool:
    """A function that the app offers to the model; it is the harness that runs it."""

    def __init__(self, offer, call):
        self.name = offer["name"]
        self.description = offer["description"]
        self.parameters = offer["parameters"]
        self._call = call

    async def run(self, args, call_id=None):
        """`args`: parsed, or JSON text. Gives the output; raises where the tool does."""
        return await self._call(self.name, args, call_id)


class World:
    def __init__(self, message, send):
        self.url = message["url"]
        self.api_key = message["apiKey"]
        self.model = message["model"]
        self.output = message["output"]
        self.call_id = message.get("callId")
        self.dialect = message.get("dialect")
        self.report = Report(send)
        self.tools = [Tool(offer, self._call) for offer in message.get("tools", [])]
        self._send = send
        self._calls = {}

    async def _call(self, name, args, call_id):
        number = len(self._calls) + 1
        result = asyncio.get_running_loop().create_future()
        self._calls[number] = result
        result.get_loop().hold()
        call = {"is": "tool", "id": number, "name": name, "args": args}
        self._send(call if call_id is None else {**call, "call_id": call_id})
        return await result

    def tool_result(self, message):
        result = self._calls.get(message["id"])
        if result is None or result.done():
            return
        if "error" in message:
            result.set_exception(RuntimeError(message["error"]))
        else:
            result.set_result(message.get("output", ""))
