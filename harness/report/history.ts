// Earlier runs, read from their results.json, of which only a little must be understood: it may be of another version.
import { z } from "zod"

const historyRow = z.object({
  scenario: z.string(),
  subject: z.string(),
  version: z.string(),
  verdict: z.string(),
  expected: z.boolean(),
})

export const historyRun = z.object({
  run: z.object({ rtspec: z.string(), seed: z.string() }),
  totals: z.object({ cases: z.number(), passed: z.number(), failed: z.number(), notPlayed: z.number().default(0) }),
  rows: z.array(historyRow),
})

/** `label`: what a person calls the run, such as the folder that it was read from. */
export type HistoryRun = z.infer<typeof historyRun> & { readonly label: string }
