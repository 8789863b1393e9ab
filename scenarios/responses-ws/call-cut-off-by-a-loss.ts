// The model has asked for the flight to be booked, and the line breaks. Nobody knows how the answer would have ended: asked
// again, it may book twice. The call that was told whole may run once, and its output be sent with it.
import { client, network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "responses-ws/call-cut-off-by-a-loss",
  protocol: "responses",
  title: "A reply that is lost after a tool call was told is not asked for again",
  cites: ["response.output_item.done", "response.create"],
  grade: "observed",
  source: "openai/codex#20739, #24533; pi#8031; EasyMetaAu/helm-api#800; PROTOCOL.md C.3, W15",
  situations: ["W15"],
  needs: ["text-turn", "text-output", "reply-stream", "tools"],
  judgedBy: ["tool-runs-once", "futures-settle-once"],
  tools: [{ name: "book", answers: "booked" }],

  story: [
    user.says("trip"),
    client.mustSend("response.create"),
    server.startsResponse(call, { for: "trip" }),
    server.callsTool(call, "book"),
    network.drops(),
    client.mustNotSend("response.create", { input: [{ role: "user" }] }),
    time.passes({ ms: 30_000 }),

    user.mustSettle("trip", { kind: "stream" }),
    user.mustSeeError(),
  ],
})
