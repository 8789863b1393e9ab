// The response fails while it dictates a call. Half a call is no call.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/call-of-a-failed-response-does-not-run",
  title: "A call left incomplete by a failure does not run",
  cites: ["response.output_item.done", "response.done"],
  grade: "documented",
  source: "ResponseFunctionCallArgumentsDoneEvent: also emitted when incomplete; PROTOCOL.md K11, K12",
  situations: ["K11", "K12"],
  needs: ["text-turn", "tools"],
  judgedBy: ["next-turn-works", "no-crash"],
  tools: [{ name: "transfer", answers: "done" }],

  story: [
    user.says("transfer"),
    server.startsResponse(call, { for: "transfer" }),
    server.callsTool(call, "transfer", { leave: "open" }),
    server.fails(call),

    user.mustRunTool("transfer", 0),
  ],
})
