# What an adapter reports through: futures, output, errors and the rest, as lines to the harness. See harness/adapter.ts.
import asyncio
import base64


def describe(error):
    """An error as data: type, words, and the server's own error where the client keeps it."""
    if isinstance(error, dict):
        return error
    note = {"name": type(error).__name__, "message": str(error)}
    code = getattr(error, "code", None)
    if isinstance(code, str):
        note["code"] = code
    body = getattr(error, "body", None)
    if hasattr(body, "model_dump"):
        body = body.model_dump(warnings=False)
    if isinstance(body, dict):
        note["data"] = body
    cause = getattr(error, "__cause__", None)
    if cause is not None and "data" not in note:
        note["cause"] = {"code": describe(cause).get("code")} if describe(cause).get("code") else {}
    return note


def _given(**members):
    return {name: value for name, value in members.items() if value is not None}


class Report:
    def __init__(self, send):
        self._send = send

    def opened(self, id, kind, request=None, response=None):
        self._send({"report": "opened", "future": _given(id=id, kind=kind, request=request, response=response)})

    def resolved(self, id, response=None):
        self._send({"report": "settled", "id": id, "outcome": {"as": "resolved", **_given(response=response)}})

    def rejected(self, id, error):
        self._send({"report": "settled", "id": id, "outcome": {"as": "rejected", "error": describe(error)}})

    def follow(self, id, kind, awaitable, request=None, response=None, response_of=None):
        """Opens a future and settles it as the awaitable does. Gives a task that ends with it and never raises."""
        self.opened(id, kind, request, response)
        return asyncio.ensure_future(self._follow(id, awaitable, response_of))

    async def _follow(self, id, awaitable, response_of):
        try:
            value = await awaitable
        except asyncio.CancelledError as error:
            # The subject cancelled what it had handed out; where the case is over, nobody listens any more.
            self.rejected(id, error)
        except Exception as error:
            self.rejected(id, error)
        else:
            self.resolved(id, response_of(value) if response_of else None)

    def heard(self, text=None, audio=None, whole=None, response=None, future=None):
        """`audio`: bytes of PCM16, 24 kHz, mono."""
        data = None if audio is None else base64.b64encode(audio).decode()
        self._send(
            {"report": "heard", "output": _given(text=text, audio=data, whole=whole, response=response, future=future)}
        )

    def turn(self, what, response=None, status=None):
        """`what`: "started" or "ended"."""
        self._send({"report": "turn", "turn": {"is": what, **_given(response=response, status=status)}})

    def error(self, error, request=None, response=None):
        self._send({"report": "error", "error": describe(error), "at": _given(request=request, response=response)})

    def state(self, state):
        """`state`: "connected", "disconnected" or "reconnected"."""
        self._send({"report": "state", "state": state})

    def refused(self, operation, error):
        self._send({"report": "refused", "operation": operation, "error": describe(error)})
