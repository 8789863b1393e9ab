// A repro: a file that plays one failing case again, whatever the generator has become since. Versioned plain data.
import { z } from "zod"
import { lintScenario } from "./lint.ts"
import { grades, type Scenario } from "./scenario.ts"
import type { Step } from "./steps.ts"

/** Raised whenever an older rtspec could not play a newer file. Older files are migrated in `parseRepro`. */
export const reproVersion = 1

const address = z.strictObject({ type: z.string(), nth: z.int().min(1), response: z.string().optional() })
const plannedFault = z.strictObject({ fault: z.string(), at: address, by: z.number().optional() })
const action = z.looseObject({ does: z.string() })
const operation = z.looseObject({ do: z.string() })
/** The form that all steps share; what else a step needs, the linter asks of it. */
const step = z.union([
  z.strictObject({ actor: z.enum(["server", "network"]), step: z.literal("acts"), action }),
  z.strictObject({ actor: z.literal("user"), step: z.literal("performs"), operation }),
  z.looseObject({
    actor: z.enum(["time", "user", "client"]),
    step: z.string().refine((name) => name !== "acts" && name !== "performs"),
  }),
])

const scenarioSchema = z.strictObject({
  id: z.string().regex(/^[\w./@-]+$/),
  title: z.string(),
  cites: z.array(z.string()),
  grade: z.enum(grades),
  source: z.string(),
  needs: z.array(z.string()),
  judgedBy: z.array(z.string()),
  protocol: z.enum(["realtime", "responses"]),
  output: z.enum(["audio", "text"]).optional(),
  begins: z.enum(["connected", "unconnected"]).optional(),
  ends: z.enum(["usable", "unusable"]).optional(),
  tools: z.array(z.looseObject({ name: z.string() })).optional(),
  server: z.looseObject({}).optional(),
  faults: z.array(plannedFault).optional(),
  story: z.array(step),
  schedule: z.array(z.int().min(0).nullable()).optional(),
})

const reproSchema = z.strictObject({
  format: z.literal("rtspec-repro"),
  version: z.literal(reproVersion),
  /** The bucket, and the folder's or file's name. */
  id: z.string().regex(/^[\w.-]+$/),
  /** What the subject breaks in it. */
  invariant: z.string(),
  /** What else it breaks, each time, in the same story. */
  also: z.array(z.string()).min(1).optional(),
  subject: z.string(),
  subjectVersion: z.string(),
  /** Of the subject's chance. */
  seed: z.string(),
  /** The fuzzing run that found it, or the scenario that it was shrunk from. */
  foundBy: z.union([z.strictObject({ seed: z.string(), case: z.int() }), z.strictObject({ scenario: z.string() })]),
  scenario: scenarioSchema,
})

export interface Repro extends Omit<z.infer<typeof reproSchema>, "scenario"> {
  readonly scenario: Scenario
}

/** As a file holds it; the same text for the same repro. */
export const reproText = (repro: Repro): string => `${JSON.stringify(repro, null, 2)}\n`

/** The repro in a file's text, or what is wrong with it, in half a sentence that goes on after the file's name. */
export function parseRepro(text: string): { readonly repro: Repro } | { readonly wrong: string } {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch (error) {
    return { wrong: `is not JSON (${error instanceof Error ? error.message : error})` }
  }
  const { format, version } = (typeof data === "object" && data !== null ? data : {}) as Record<string, unknown>
  if (format !== "rtspec-repro") return { wrong: 'is no repro: its "format" is not "rtspec-repro"' }
  if (version !== reproVersion)
    return { wrong: `is a repro of version ${JSON.stringify(version)}, and this rtspec plays version ${reproVersion}` }
  const parsed = reproSchema.safeParse(data)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { wrong: `is no repro that can be played: ${issue?.path.join(".") || "it"}: ${issue?.message}` }
  }
  const scenario = parsed.data.scenario as Scenario & { story: readonly Step[] }
  const wrong = lintScenario(scenario)
  return wrong === undefined ? { repro: { ...parsed.data, scenario } } : { wrong: `tells what can not be: ${wrong}` }
}
