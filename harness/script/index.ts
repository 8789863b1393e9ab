// What a scenario file imports.
export { client, network, type ResponseHandle, response, server, time, user } from "./actors.ts"
export { catalogue } from "./lint.ts"
export { absent, present } from "./match.ts"
export { type Grade, grades, type Scenario, ScenarioFault, scenario } from "./scenario.ts"
export type { Step } from "./steps.ts"
