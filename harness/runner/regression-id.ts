// The name of a kept repro as a scenario of a run. Apart from regressions.ts, because the report's page uses it, too, and has no
// files to read.

const prefix = "regressions/"

/** `regressions/ID`. */
export const regressionId = (id: string): string => `${prefix}${id}`

export const isRegression = (scenario: string): boolean => scenario.startsWith(prefix)

/** ID of `regressions/ID`. */
export const reproOf = (scenario: string): string => scenario.slice(prefix.length)
