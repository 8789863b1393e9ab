// State machines read back from the names of transitions: all that the protocols have.
import { describe, expect, it } from "vitest"
import { TRANSITIONS } from "../../protocol/realtime/transitions.ts"
import { TRANSITIONS as RESPONSES } from "../../protocol/responses/transitions.ts"
import { transitionId } from "../../protocol/state-machine.ts"
import { isReached, isWhole, machineGraphs } from "./machines.ts"

const ids = [...TRANSITIONS.map(transitionId), ...RESPONSES.map((each) => `responses ${transitionId(each)}`)]

describe("the graphs", () => {
  it("hold every transition of both protocols, the whole before its parts", () => {
    const graphs = machineGraphs({ reached: ids, unreached: [] })
    expect(graphs.map(({ name }) => name)).toEqual([
      ...["realtime session", "realtime response", "realtime item", "realtime input"],
      ...["responses connection", "responses lane", "responses response", "responses item"],
    ])
    const steps = graphs.flatMap(({ edges }) => edges.flatMap((edge) => edge.steps.map(({ id }) => id)))
    expect(steps.sort()).toEqual([...ids].sort())
  })

  it("draw all steps between two states as one arrow, and tell which were taken", () => {
    const [graph] = machineGraphs({
      reached: ["session: a -> b on x{y: z}"],
      unreached: [
        { id: "session: a -> b on z", because: "nobody does" },
        { id: "session: b -> b on w", because: "" },
      ],
    })
    expect(graph?.states).toEqual(["a", "b"])
    expect(graph?.edges.map((edge) => [edge.from, edge.to, isReached(edge), isWhole(edge)])).toEqual([
      ["a", "b", true, false],
      ["b", "b", false, false],
    ])
    expect(graph?.edges[0]?.steps.map(({ on, because }) => [on, because])).toEqual([
      ["x{y: z}", ""],
      ["z", "nobody does"],
    ])
  })

  it("pass over names that are none", () => {
    expect(machineGraphs({ reached: ["nonsense"], unreached: [] })).toEqual([])
  })
})
