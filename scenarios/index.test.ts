// The table of contents is complete, and what the files cite and refer to exists.
import { readdirSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { invariants } from "../harness/checks/all.ts"
import type { Scenario, Step } from "../harness/script/index.ts"
import { scenarios } from "./index.ts"

const here = fileURLToPath(new URL(".", import.meta.url))
const filesOnDisk = readdirSync(here, { recursive: true, encoding: "utf8" })
  .filter((path) => path.includes("/") && path.endsWith(".ts") && !path.endsWith(".test.ts"))
  .map((path) => path.replace(/\.ts$/, ""))

const inventory = JSON.parse(readFileSync(`${here}../fixtures/protocol/situations.json`, "utf8")) as {
  situations: readonly { id: string }[]
}
const situationIds = new Set(inventory.situations.map(({ id }) => id))
const invariantIds = new Set(invariants.map(({ id }) => id))

test("every file on disk stands in the index once, under the id that is its path", () => {
  expect(scenarios.map(({ id }) => id).sort()).toEqual(filesOnDisk.sort())
})

test("no two scenarios promise the same", () => {
  expect(new Set(scenarios.map(({ title }) => title)).size).toBe(scenarios.length)
})

describe.each(scenarios.map((each) => [each.id, each] as const))("%s", (_id, each) => {
  test("cites situations and invariants that exist", () => {
    expect((each.situations ?? []).filter((id) => !situationIds.has(id))).toEqual([])
    expect(each.judgedBy.filter((id) => !invariantIds.has(id))).toEqual([])
  })

  test("speaks only of requests that were made and of responses that were started", () => {
    expect(danglingNames(each)).toEqual([])
  })

  test("offers the tools that its story calls", () => {
    const offered = new Set((each.tools ?? []).map(({ name }) => name))
    const called = each.story.flatMap((step) =>
      step.actor === "server" && step.action.does === "calls-tool" ? [step.action.tool] : [],
    )
    expect(called.filter((tool) => !offered.has(tool))).toEqual([])
  })
})

/** Names that a step uses before any step has introduced them. */
function danglingNames({ story }: Scenario): string[] {
  const known = new Set<string>()
  return story.flatMap((step) => {
    const introduced = introducedBy(step)
    if (introduced !== undefined) known.add(introduced)
    return namesIn(step).filter((name) => !known.has(name))
  })
}

function introducedBy(step: Step): string | undefined {
  if (step.actor === "server" && step.action.does === "starts") return `response ${step.action.response}`
  if (step.actor !== "user" || step.step !== "performs" || step.operation.do === "cancel") return undefined
  return "request" in step.operation ? `request ${step.operation.request}` : undefined
}

function namesIn(step: Step): string[] {
  const said = step.actor === "server" ? step.action : step.step === "performs" ? step.operation : step
  const parts: Readonly<Record<string, unknown>> = { ...said }
  const request = parts.request ?? parts.for
  return [
    ...(typeof request === "string" ? [`request ${request}`] : []),
    ...(typeof parts.response === "string" ? [`response ${parts.response}`] : []),
  ]
}
