// Whatever a client keeps of one turn must be gone before the next: flags, buffers, the response it thinks is active.
import { client, response, scenario, server, user } from "../../harness/script/index.ts"

const first = response("first")
const second = response("second")
const third = response("third")

export default scenario({
  id: "turn/three-turns",
  title: "Turn follows turn on one connection, each heard once",
  cites: ["response.create", "response.done"],
  grade: "documented",
  source: "realtime-conversations guide",
  needs: ["text-turn"],
  judgedBy: ["output-belongs-to-its-request", "one-active-response"],

  story: [
    user.says("greeting"),
    server.replies(first, { for: "greeting" }),
    user.mustHear(first),

    user.says("weather"),
    server.replies(second, { for: "weather" }),
    user.mustHear(second),

    user.says("farewell"),
    server.replies(third, { for: "farewell" }),
    user.mustHear(third),
    client.mustHaveSent(3, "response.create"),
    client.mustHaveConnected(1),
  ],
})
