// The user stops the assistant, and the server, which hears of it late, begins a call. Nobody wants that transfer any more.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/call-begun-after-the-cancel",
  title: "A call that begins after the cancel does not run",
  cites: ["response.cancel", "response.function_call_arguments.done", "response.output_item.done"],
  grade: "documented",
  source: "ResponseFunctionCallArgumentsDoneEvent: also emitted when interrupted; PROTOCOL.md K01, K11",
  situations: ["K11", "K01"],
  needs: ["text-turn", "tools", "cancel"],
  judgedBy: ["next-turn-works", "no-crash"],
  tools: [{ name: "transfer", answers: "done" }],

  story: [
    user.says("transfer"),
    server.startsResponse(call, { for: "transfer" }),
    server.streams(call),
    server.cancelsLate(),
    user.cancels(),
    client.mustSend("response.cancel"),
    server.callsTool(call, "transfer", { leave: "open" }),
    server.ends(call, "cancelled", "client_cancelled"),

    user.mustRunTool("transfer", 0),
  ],
})
