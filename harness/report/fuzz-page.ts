// The page of a failure that fuzzing found: which truth was broken, by which least story, and how to see it again.
import type { Failure } from "../fuzz/examine.ts"
import { tellStep } from "../fuzz/words.ts"
import { type PageOptions, windowOf, wrap } from "./failure.ts"

/** Lines. */
export function fuzzPage(failure: Failure, seed: string, { width, titles }: PageOptions): string[] {
  const { id, invariant, result, tale, isFree, foundAt, stepsBefore, tries, isMinimal } = failure
  const { subject, version, adapterFile, transport, violations, trace, because } = result
  const truth = violations.find((each) => each.invariant === invariant)
  const shrunk = `${tale.beats.length} of ${stepsBefore} steps are left after ${tries} tries${isMinimal ? "" : ", and it may still be too long"}`
  return [
    `✗ ${subject} ${version} · ${transport} · seed ${seed}, case ${foundAt}`,
    ...wrap(`${invariant}: ${titles.get(invariant) ?? ""}`, width, "  "),
    ...wrap(`But: ${truth?.message ?? because}`, width, "  "),
    "",
    `  The story (${shrunk}):`,
    ...storyOf(failure).map((line) => `    ${line}`),
    ...(isFree.some(Boolean) ? ["    ~ other words, numbers or ends do the same"] : []),
    "",
    ...(truth && trace ? windowOf(trace.entries, truth, width) : []),
    "",
    "  Again:",
    `    npx rtspec replay ${id}${adapterFile === undefined ? "" : ` --adapter ${adapterFile}`}`,
    ...(titles.has(invariant) ? ["  Why it matters, and when it is fair:", `    npx rtspec explain ${invariant}`] : []),
  ]
}

function storyOf({ tale, isFree }: Failure): string[] {
  const { begins, output, tools, server, faults } = tale
  const setting = {
    ...(begins === "connected" ? {} : { begins }),
    ...(output === "audio" ? {} : { output }),
    ...server,
  }
  const told = Object.entries(setting).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
  return [
    ...(told.length > 0 && tale.protocol === "realtime" ? [`given ${told.join(", ")}`] : []),
    ...tools.map((tool) => `given the tool ${JSON.stringify(tool)}`),
    ...faults.map(
      ({ fault, at, by }) => `given ${fault}${by === undefined ? "" : ` ${by}`} at ${at.type} number ${at.nth}`,
    ),
    ...tale.beats.map(({ step, lets }, at) => {
      const hurry = lets === null ? "" : lets === 0 ? "  // and at once:" : `  // and after ${lets} more deliveries:`
      return `${isFree[at] ? "~" : " "} ${tellStep(step)},${hurry}`
    }),
  ]
}
