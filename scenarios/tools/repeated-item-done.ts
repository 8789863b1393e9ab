// A gateway delivers the same event twice. A table booked twice is paid twice.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const call = response("call")

export default scenario({
  id: "tools/repeated-item-done",
  title: "A call whose response.output_item.done is repeated runs once",
  cites: ["response.output_item.done"],
  grade: "plausible",
  source: "PROTOCOL.md S09, F01",
  situations: ["S09", "F01"],
  needs: ["text-turn", "tools"],
  judgedBy: ["tool-runs-once", "next-turn-works"],
  tools: [{ name: "book", answers: "booked" }],

  story: [
    user.says("table"),
    server.startsResponse(call, { for: "table" }),
    server.callsTool(call, "book"),
    server.repeats("response.output_item.done"),
    server.finishes(call),

    user.mustRunTool("book"),
    client.mustHaveSent(1, "conversation.item.create", { item: { call_id: "call_book" } }),
  ],
})
