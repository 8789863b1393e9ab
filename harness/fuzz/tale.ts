// A tale: a generated case as plain data, everything of it shrinkable. Whatever list of steps it is made from, what can not
// happen in the model is left out, so every tale is lawful but for the faults that it declares.
import type { FaultPlan } from "../faults/fault.ts"
import { impossibilities } from "../script/lint-steps.ts"
import type { Scenario, ToolScript } from "../script/scenario.ts"
import type { Step } from "../script/steps.ts"
import { isRiddle } from "./riddles.ts"
import { blank, follow } from "./sketch.ts"

/** One step, and how many deliveries are made before the next one; null: all that there are, and a millisecond. */
export interface Beat {
  readonly step: Step
  readonly lets: number | null
}

export interface Tale {
  readonly protocol: "realtime" | "responses"
  readonly output: "audio" | "text"
  readonly begins: "connected" | "unconnected"
  readonly tools: readonly ToolScript[]
  readonly server: NonNullable<Scenario["server"]>
  readonly faults: FaultPlan
  readonly beats: readonly Beat[]
}

/** The tale as a scenario that a subject's process can play. */
export function tellTale(tale: Tale, id: string): Scenario {
  const { protocol, output, begins, tools, server, faults, beats } = tale
  const schedule = beats.map(({ lets }) => lets)
  return {
    id,
    title: "Whatever happens, the client keeps what every client owes",
    cites: [],
    grade: "observed",
    source: "generated",
    needs: [],
    judgedBy: [],
    ...{ protocol, output, begins, tools, server, faults },
    ends: isLeftUnconnected(tale) ? "unusable" : "usable",
    story: beats.map(({ step }) => step),
    ...(schedule.some((lets) => lets !== null) ? { schedule } : {}),
  }
}

/** Before the app has connected and after it has closed, nobody promised that it may ask. */
function isLeftUnconnected({ begins, beats }: Tale): boolean {
  const doing = beats.flatMap(({ step }) => (step.step === "performs" ? [step.operation.do] : []))
  const connects = doing.lastIndexOf("connect")
  return doing.lastIndexOf("close") > connects || (begins === "unconnected" && connects < 0)
}

/** Without the steps that can not happen after those before them, or whose meaning nobody could know. */
export function possible(tale: Tale): Tale {
  const isWrong = impossibilities(tellTale({ ...tale, beats: [] }, "fuzz/none"))
  const sketch = blank(tale.begins)
  const beats = tale.beats.filter(({ step }, at) => {
    const isLeftOut = isRiddle(step, sketch, tale.protocol) || isWrong(step, at) !== undefined
    if (!isLeftOut) follow(sketch, step)
    return !isLeftOut
  })
  return beats.length === tale.beats.length ? tale : { ...tale, beats }
}
