// A client of a person's own: the adapter that --adapter or the project's config names, as the runner knows a subject.
import { existsSync } from "node:fs"
import { relative } from "node:path"
import { readConfig } from "../config/config.ts"
import { UsageFault } from "../runner/faults.ts"
import type { SuiteSubject } from "../runner/player.ts"
import { describeAdapter } from "../runner/subject-process.ts"

/** Throws UsageFault where there is no such file, AdapterFault where it is no adapter. */
export async function ownClient(file: string): Promise<SuiteSubject> {
  if (!existsSync(file))
    throw new UsageFault(
      `there is no adapter file ${file}; give --adapter the path of a module that exports \`adapter\`.`,
    )
  return { ...(await describeAdapter(file)), installed: true, adapterFile: file }
}

export interface WhichClient {
  readonly subject?: readonly string[]
  readonly adapter?: string
  readonly config?: string
}

/** The client of --adapter or, where no subject is named either, of the project's config; undefined: there is none. */
export async function clientOfProject(
  { subject, adapter, config }: WhichClient,
  folder = process.cwd(),
): Promise<SuiteSubject | undefined> {
  if (subject !== undefined && adapter !== undefined)
    throw new UsageFault("--subject names one of rtspec's clients and --adapter one of yours; give one of the two.")
  if (adapter !== undefined) return ownClient(adapter)
  if (subject !== undefined) return undefined
  const { adapter: configured } = await readConfig(folder, config)
  return configured === undefined ? undefined : ownClient(relative(folder, configured))
}
