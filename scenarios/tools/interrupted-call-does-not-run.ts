// The user says Stop while the model dictates a bank transfer. arguments.done comes all the same, with half of the
// arguments: it is no permission.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/interrupted-call-does-not-run",
  title: "A call cut off by a cancel does not run",
  cites: ["response.function_call_arguments.done", "response.output_item.done", "response.cancel"],
  grade: "documented",
  source: "ResponseFunctionCallArgumentsDoneEvent: also emitted when interrupted; PROTOCOL.md K11",
  situations: ["K11"],
  needs: ["text-turn", "tools", "cancel"],
  judgedBy: ["next-turn-works", "no-crash"],
  tools: [{ name: "transfer", answers: "done" }],

  story: [
    user.says("transfer"),
    server.startsResponse(call, { for: "transfer" }),
    server.streams(call),
    server.callsTool(call, "transfer", { leave: "open" }),
    user.cancels(),
    client.mustSend("response.cancel"),

    user.mustRunTool("transfer", 0),
  ],
})
