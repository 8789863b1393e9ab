// For tests of adapters without their libraries: a world that keeps what is reported, in one list.
import type { Operation, Report, Tool, World } from "../harness/adapter.ts"

export interface KeptWorld extends World {
  /** What was reported, in order: `KIND` and what it said. */
  readonly told: readonly unknown[][]
}

/** Sightings and followed futures, as the harness's own recorder takes them, without a trace. */
export function worldForTests(more: { readonly url: string; readonly tools?: readonly Tool[] }): KeptWorld {
  const told: unknown[][] = []
  const keep =
    (kind: string) =>
    (...said: unknown[]) =>
      void told.push([kind, ...said])
  const report: Report = {
    opened: ({ id }) => keep("opened")(id),
    settled: (id, { as }) => keep("settled")(id, as),
    async follow({ id }, promise, describe) {
      keep("opened")(id)
      await promise.then(
        (value) => keep("settled")(id, "resolved", ...(describe ? [describe(value)] : [])),
        (error) => keep("settled")(id, "rejected", messageOf(error)),
      )
    },
    heard: keep("heard"),
    turn: keep("turn"),
    error: (error) => keep("error")(messageOf(error)),
    state: keep("state"),
    refused: (operation: Operation, error) => keep("refused")(operation.do, messageOf(error)),
  }
  return { apiKey: "sk-test", model: "gpt-test", output: "audio", tools: [], ...more, report, told }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
