// A second question waits for the first answer when the line breaks. A new session has no conversation: flags of the old
// one must not keep the client mute, and a create of the old one must not ask the new one about nothing.
import { network, response, scenario, server, time, user } from "../../harness/script/index.ts"

const first = response("first")

export default scenario({
  id: "connection/deferred-create-dies-with-its-connection",
  title: "What waited on a lost connection neither blocks nor haunts the next",
  cites: ["response.create"],
  grade: "observed",
  source: "langwatch/scenario#669; PROTOCOL.md C09, N09",
  situations: ["C09", "N09"],
  needs: ["text-turn", "reconnect"],
  judgedBy: ["one-active-response", "nothing-lost", "next-turn-works"],

  story: [
    user.says("question"),
    server.startsResponse(first, { for: "question" }),
    server.streams(first),
    user.says("afterthought"),
    network.drops(),
    time.passes({ untilConnected: true }),
  ],
})
