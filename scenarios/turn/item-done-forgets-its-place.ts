// conversation.item.done often says that the item stands nowhere. A client that believes it moves what was said last to the
// beginning of its history.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")

export default scenario({
  id: "turn/item-done-forgets-its-place",
  title: "An item whose done has a null previous_item_id stays where it was added",
  cites: ["conversation.item.added", "conversation.item.done"],
  grade: "observed",
  source: "9 of 41 recorded items, 6 of 20 on Azure; PROTOCOL.md B.5, S12",
  situations: ["S12"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "output-belongs-to-its-request", "next-turn-works"],
  faults: [1, 2, 3, 4].map((nth) => ({ fault: "null-previous-item", at: { type: "conversation.item.done", nth } })),

  story: [
    user.says("greeting"),
    server.replies(first, { for: "greeting" }),
    user.mustHear(first),
    client.mustNotSend("conversation.item.create", { previous_item_id: "root" }),
    user.says("weather"),
    server.replies(second, { for: "weather" }),
    user.mustHear(second),
    user.mustNotSeeError(),
  ],
})
