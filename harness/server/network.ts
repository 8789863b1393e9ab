// What a story makes of the network between the server and the client.
import type { Delivery } from "../faults/fault.ts"
import type { NetworkAction } from "../script/steps.ts"
import type { Admission } from "../transports/endpoint.ts"
import type { Stage } from "./server.ts"

export function actOnNetwork(stage: Stage, action: NetworkAction): void {
  switch (action.does) {
    case "refuses":
      meetNext(stage, action.next, { as: "refuse", status: action.status })
      break
    case "never-answers":
      meetNext(stage, action.next, { as: "ignore" })
      break
    case "accepts-late":
      meetNext(stage, action.next, { as: "accept-late", when: (go) => void stage.clock.schedule(action.afterMs, go) })
      break
    case "holds":
    case "releases":
      for (const line of stage.lines) line.hold(action.does === "holds")
      break
    default:
      breakLine(stage, breakage(action))
  }
}

type Breaking = Extract<NetworkAction, { does: "drops" | "closes" | "goes-silent" }>

function breakage(action: Breaking): Delivery {
  if (action.does === "drops") return { kind: "drop", reset: action.reset }
  return action.does === "closes" ? { kind: "close", code: action.code, reason: action.reason } : { kind: "silence" }
}

function meetNext(stage: Stage, attempts: number, admission: Admission) {
  for (let left = attempts; left > 0; left--) stage.admissions.push(admission)
}

function breakLine(stage: Stage, delivery: Delivery) {
  const line = stage.lines.findLast((each) => each.connection.reaches)
  if (line) line.put(() => delivery)
  else stage.missed.push(`the network could not break the connection (${delivery.kind}): there was none open`)
}
