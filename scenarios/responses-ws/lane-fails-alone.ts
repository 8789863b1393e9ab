// What goes wrong on one lane is no concern of the other.
import { response, scenario, server, user } from "../../harness/script/index.ts"

const story = response("story")
const joke = response("joke")

export default scenario({
  id: "responses-ws/lane-fails-alone",
  protocol: "responses",
  title: "An error with a stream_id ends the request of its lane, and no other",
  cites: ["error"],
  grade: "documented",
  source: "websocket-mode guide; PROTOCOL.md C.2, C.4, W09",
  situations: ["W09", "W04"],
  needs: ["text-turn", "text-output", "reply-stream", "lanes"],
  judgedBy: ["attribution", "terminal-set-is-complete"],

  story: [
    user.saysOn("left", "story"),
    user.saysOn("right", "joke"),
    server.startsResponse(story, { for: "story" }),
    server.startsResponse(joke, { for: "joke" }),
    server.errors({ ends: story, code: "server_error", shape: "flat" }),
    user.mustSettle("story", { kind: "stream" }),
    user.mustBePending("joke", "stream"),
    server.streams(joke),
    server.finishes(joke),

    user.mustHear(joke),
    user.mustSettle("joke", { kind: "stream", as: "resolved" }),
  ],
})
