// fuzz.json: what a fuzzing campaign came to, as the report shows it. Whoever fuzzes writes it; a report can do without.
import { z } from "zod"

export const fuzzFile = z.object({
  cases: z.int().nonnegative(),
  ratePerSecond: z.number().nonnegative(),
  /** How many transitions of the protocol's state machines had been taken after so many cases, in the order of cases. */
  transitionsOverTime: z.array(z.object({ cases: z.int().nonnegative(), transitions: z.int().nonnegative() })),
  /** Ids of the goals (checks/goals.ts) that some case reached. */
  goals: z.array(z.string()),
  /** Failures that are one: `id` names the bucket, `cases` counts what fell into it. */
  buckets: z.array(
    z.object({ id: z.string(), invariant: z.string(), title: z.string(), cases: z.int().nonnegative() }),
  ),
})
export type FuzzFile = z.infer<typeof fuzzFile>
