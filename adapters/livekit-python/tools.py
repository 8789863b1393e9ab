# The app's tools in LiveKit's form, and the running of calls that the model makes.
from livekit.agents import llm


def offered(tools):
    """For update_tools(). The session never calls them: AgentSession above it does, or the app."""

    def offer(tool):
        schema = {"name": tool.name, "description": tool.description, "parameters": tool.parameters}

        async def never(raw_arguments: dict):
            raise RuntimeError("only the app runs tools")

        return llm.function_tool(never, raw_schema=schema)

    return [offer(tool) for tool in tools]


async def run_call(tools, call):
    """Runs the called tool. A tool that raises has an output that says so, as in LiveKit's AgentSession."""

    def answer(output, is_error):
        return llm.FunctionCallOutput(call_id=call.call_id, name=call.name, output=output, is_error=is_error)

    tool = next((each for each in tools if each.name == call.name), None)
    if tool is None:
        return answer(f"Unknown function: {call.name}", True)
    try:
        return answer(await tool.run(call.arguments, call.call_id), False)
    except Exception as error:
        return answer(str(error), True)
