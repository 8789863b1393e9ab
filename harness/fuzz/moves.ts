// Every move of a protocol.
import type { Move } from "./move.ts"
import { hostileMoves } from "./moves-hostile.ts"
import { networkMoves } from "./moves-network.ts"
import { realtimeMoves } from "./moves-realtime.ts"
import { replyMoves } from "./moves-reply.ts"
import { responsesMoves } from "./moves-responses.ts"
import { userMoves } from "./moves-user.ts"

const all = (protocol: "realtime" | "responses"): readonly Move[] => [
  ...userMoves,
  ...replyMoves,
  ...(protocol === "realtime" ? realtimeMoves : responsesMoves),
  ...networkMoves,
  ...hostileMoves(protocol),
]

export const moves = { realtime: all("realtime"), responses: all("responses") } as const
