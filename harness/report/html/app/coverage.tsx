// What of the protocol the run saw: its state machines as graphs, with what no case took, and the goals.
import { useMemo } from "preact/hooks"
import { isReached, type MachineGraph, machineGraphs } from "../machines.ts"
import { data } from "./data.ts"
import { Graph } from "./graph.tsx"

const { transitions, goals } = data.results

export function Coverage() {
  const graphs = useMemo(() => machineGraphs(transitions), [])
  const all = transitions.reached.length + transitions.unreached.length
  return (
    <>
      <h1>Coverage</h1>
      <p class="lead">
        The run took {transitions.reached.length} of {all} transitions of the protocol’s state machines and reached{" "}
        {goals.reached.length} of {goals.reached.length + goals.unreached.length} goals.
      </p>
      {graphs.length === 0 && <p class="empty">This report tells of no transitions.</p>}
      {graphs.map((machine) => (
        <Machine key={machine.name} machine={machine} />
      ))}
      <Goals />
    </>
  )
}

function Machine({ machine }: { machine: MachineGraph }) {
  const steps = machine.edges.flatMap((edge) => edge.steps.map((step) => ({ ...step, from: edge.from, to: edge.to })))
  const reached = steps.filter((step) => step.reached).length
  const id = machine.name.replace(/\W+/g, "-")
  return (
    <section class="machine" aria-labelledby={id}>
      <h2 id={id}>
        {machine.name}{" "}
        <span class="quiet">
          {reached} of {steps.length}
        </span>
      </h2>
      <Graph machine={machine} />
      <p class="key quiet">
        <span class="stroke reached" aria-hidden="true" /> all taken
        <span class="stroke part" aria-hidden="true" /> some taken
        <span class="stroke" aria-hidden="true" /> none taken; the table names each
      </p>
      <details open={machine.edges.some((edge) => !isReached(edge)) && steps.length < 20}>
        <summary>Transitions</summary>
        <div class="wide">
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">Taken</th>
                <th scope="col">From</th>
                <th scope="col">To</th>
                <th scope="col">On</th>
                <th scope="col">Why not</th>
              </tr>
            </thead>
            <tbody>
              {[...steps]
                .sort((one, other) => Number(one.reached) - Number(other.reached))
                .map((step) => (
                  <tr key={step.id} class={step.reached ? "" : "unreached"}>
                    <td>{step.reached ? "● yes" : "○ no"}</td>
                    <td>{step.from}</td>
                    <td>{step.to}</td>
                    <td>
                      <code>{step.on}</code>
                    </td>
                    <td>{step.reached ? "" : step.because || "Nobody has said."}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      </details>
    </section>
  )
}

function Goals() {
  if (goals.reached.length + goals.unreached.length === 0) return null
  return (
    <section aria-labelledby="goals">
      <h2 id="goals">
        Goals{" "}
        <span class="quiet">
          {goals.reached.length} of {goals.reached.length + goals.unreached.length}
        </span>
      </h2>
      <ul class="goals">
        {goals.unreached.map((id) => (
          <li key={id} class="unreached">
            ○ {id} <span class="unseen">not reached</span>
          </li>
        ))}
        {goals.reached.map((id) => (
          <li key={id}>● {id}</li>
        ))}
      </ul>
    </section>
  )
}
