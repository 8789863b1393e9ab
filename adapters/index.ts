// Every subject that rtspec brings along, by name and version. Nothing of a subject is imported before load() is called:
// the harness must have taken over time and network first.
import { existsSync } from "node:fs"
import type { Adapter } from "../harness/adapter.ts"

export interface SubjectEntry {
  readonly name: string
  readonly version: string
  readonly protocol: Adapter["protocol"]
  load(): Promise<Adapter>
  /** Whether the subject's package is there; `load` fails where it is not. */
  installed(): boolean
  /** The subject's expected failures: a JSON array of `{ scenario, invariant?, reason }`. */
  readonly ledger?: URL
}
export const subjects: readonly SubjectEntry[] = [
  {
    name: "reference",
    version: "1",
    protocol: "realtime",
    installed: () => true,
    load: async () => (await import("./reference/adapter.ts")).adapter,
  },
]
