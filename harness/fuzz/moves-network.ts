// What time and the network do next, in both protocols.
import { isOpen, type Move, networkActs, passes } from "./move.ts"

/** OpenAI's own close codes and what proxies answer (PROTOCOL.md N03 to N05, M02, M03). */
const closeCodes = [1000, 1001, 1011, 1012, 1013, 3000, 4000]
const statuses = [401, 403, 404, 429, 500, 502, 503]

export const networkMoves: readonly Move[] = [
  {
    name: "passes",
    kind: "lawful",
    weight: () => 3,
    steps: (_, dice) => [passes(dice.pick([20, 200, 1_000, 5_000, 11_000, 31_000]))],
  },
  {
    name: "holds",
    kind: "lawful",
    weight: (context) => (isOpen(context) && !context.sketch.isHeld ? 1.5 : 0),
    steps: () => [networkActs({ does: "holds" })],
  },
  {
    name: "releases",
    kind: "lawful",
    weight: ({ sketch }) => (sketch.isHeld ? 8 : 0),
    steps: () => [networkActs({ does: "releases" })],
  },
  {
    name: "passes-until-connected",
    kind: "lawful",
    needs: "reconnect",
    weight: ({ sketch }) => (sketch.connection === "lost" ? 12 : 0),
    steps: () => [{ actor: "time", step: "passes-until-connected", withinMs: 30_000 }],
  },
  {
    name: "drops",
    kind: "loss",
    weight: (context) => (isOpen(context) ? 1 : 0),
    steps: (_, dice) => [networkActs({ does: "drops", reset: dice.once(2) })],
  },
  {
    name: "closes",
    kind: "loss",
    weight: (context) => (isOpen(context) ? 1 : 0),
    steps: (_, dice) => [networkActs({ does: "closes", code: dice.pick(closeCodes), reason: "" })],
  },
  {
    name: "goes-silent",
    kind: "loss",
    weight: (context) => (isOpen(context) ? 0.7 : 0),
    steps: () => [networkActs({ does: "goes-silent" })],
  },
  {
    name: "refuses",
    kind: "loss",
    weight: () => 0.7,
    steps: (_, dice) => [networkActs({ does: "refuses", next: dice.between(1, 2), status: dice.pick(statuses) })],
  },
  {
    name: "accepts-late",
    kind: "loss",
    weight: () => 0.4,
    steps: (_, dice) => [
      networkActs({ does: "accepts-late", next: dice.between(1, 2), afterMs: dice.pick([100, 3_000, 9_000, 30_000]) }),
    ],
  },
  {
    name: "never-answers",
    kind: "loss",
    weight: () => 0.4,
    steps: () => [networkActs({ does: "never-answers", next: 1 })],
  },
]
