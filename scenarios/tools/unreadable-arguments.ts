// Models now and then write arguments that are no JSON. The call is complete all the same, and reading it must not throw.
import { client, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/unreadable-arguments",
  title: "A completed call whose arguments are no JSON does not break the session",
  cites: ["response.function_call_arguments.done", "response.output_item.done"],
  grade: "plausible",
  source: "PROTOCOL.md K11: gate on the status, and parse",
  situations: ["K11"],
  needs: ["text-turn", "tools"],
  judgedBy: ["no-crash", "next-turn-works"],
  tools: [{ name: "lookup", answers: "sunny" }],

  story: [
    user.says("weather"),
    server.startsResponse(call, { for: "weather" }),
    server.callsTool(call, "lookup", { args: '{"query": now' }),
    server.finishes(call),
    time.passes({ ms: 100 }),
    client.mustHaveConnected(1),
  ],
})
