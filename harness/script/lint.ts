// Checks scenarios as they load, for what no type can see: names that nobody introduced, steps that cannot happen in the
// model, expectations that contradict each other. A step is free to break the protocol where it says so: `sends`,
// `sendsText`, `sendsBinary`, `repeats` and `faults` are declared faults, and nothing is asked of them.
import { faults } from "../faults/all.ts"
import { contradictions } from "./lint-expectations.ts"
import { impossibilities } from "./lint-steps.ts"
import { type Scenario, ScenarioFault } from "./scenario.ts"
import { situations } from "./situations.ts"
import { describeStep } from "./steps.ts"

/** Says what is wrong with a story at one step (an index into it), or nothing. A new one is made for each story. */
export type Linter = (step: Scenario["story"][number], at: number) => string | undefined

/** The scenarios, checked. Throws ScenarioFault: one sentence, with the scenario (which is its file) and the step. */
export function catalogue(scenarios: readonly Scenario[]): readonly Scenario[] {
  const seen = new Set<string>()
  for (const scenario of scenarios) {
    const wrong = seen.has(scenario.id) ? "its id is another scenario's, too" : lintScenario(scenario)
    if (wrong !== undefined)
      throw new ScenarioFault(`scenario "${scenario.id}": ${wrong}; mend scenarios/${scenario.id}.ts.`)
    seen.add(scenario.id)
  }
  return scenarios
}

/** What is wrong first with a scenario, if anything is. */
export function lintScenario(scenario: Scenario): string | undefined {
  const unknown = unknownName(scenario)
  if (unknown !== undefined) return unknown
  // What was recorded has happened.
  if (scenario.server?.asRecorded) return undefined
  const linters: readonly Linter[] = [impossibilities(scenario), contradictions()]
  for (const [at, step] of scenario.story.entries()) {
    for (const linter of linters) {
      const wrong = linter(step, at)
      if (wrong !== undefined) return `step ${at + 1} (${describeStep(step)}) ${wrong}`
    }
  }
  return undefined
}

function unknownName({ situations: played = [], faults: planned = [] }: Scenario): string | undefined {
  const situation = played.find((id) => situations.every((known) => known.id !== id))
  if (situation !== undefined) return `there is no situation ${situation} in fixtures/protocol/situations.json`
  const fault = planned.find((each) => faults.every(({ name }) => name !== each.fault))
  return fault && `there is no fault "${fault.fault}"; there are ${faults.map(({ name }) => name).join(", ")}`
}
