// An error whose message and code are null, or that has no error member at all. Reading it must not throw.
import { client, scenario, server, user } from "../../harness/script/index.ts"

export default scenario({
  id: "error/without-words",
  title: "An error event without message, code or body does not break the client",
  cites: ["error"],
  grade: "observed",
  source: "LiveKit's handleError calls message.startsWith; PROTOCOL.md E02",
  situations: ["E02"],
  needs: ["text-turn"],
  judgedBy: ["no-crash", "next-turn-works"],

  story: [
    server.sends({ type: "error", error: { type: "server_error", code: null, message: null, param: null } }),
    server.sends({ type: "error", error: {} }),
    server.sends({ type: "error" }),
    user.says("greeting"),
    client.mustSend("response.create"),
  ],
})
