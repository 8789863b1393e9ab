// rtspec.config.ts: what `rtspec run` does in a project where a client of its own is tested. Flags outrank it.
import { existsSync } from "node:fs"
import { dirname, extname, resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { z } from "zod"
import { dialectNames } from "../protocol/realtime/dialects.ts"
import { UsageFault } from "../runner/faults.ts"

const config = z.strictObject({
  /** The module that exports `adapter`, from the folder of the config. */
  adapter: z.string().optional(),
  /** Expected failures: a JSON array of `{ scenario, invariant?, version?, reason }`. */
  ledger: z.string().optional(),
  /** Globs of scenario ids. */
  scenarios: z.array(z.string()).min(1).optional(),
  strict: z.boolean().optional(),
  seed: z.string().optional(),
  transport: z.enum(["memory", "loopback"]).optional(),
  dialect: z.enum(dialectNames).optional(),
  /** Folder of the report. */
  out: z.string().optional(),
})

export type Config = z.infer<typeof config>

/** Gives back what it is given: for the types alone. */
export const defineConfig = (given: Config): Config => given

const names = ["rtspec.config.ts", "rtspec.config.mts", "rtspec.config.js", "rtspec.config.mjs"]

/** The config of a folder, its paths made absolute; an empty one where there is no file. Throws UsageFault, with one
 * sentence, for a file that does not load or says what no config says. */
export async function readConfig(folder: string, file?: string): Promise<Config> {
  const found = file === undefined ? names.map((name) => resolve(folder, name)).find(existsSync) : resolve(folder, file)
  if (found === undefined) return {}
  if (!existsSync(found))
    throw new UsageFault(`there is no config ${file}; leave --config out, or write one: rtspec init.`)
  const parsed = config.safeParse(await load(found))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new UsageFault(`the config ${found}: ${issue?.path.join(".") || "it"}: ${issue?.message}; mend that.`)
  }
  const { adapter, ledger, ...rest } = parsed.data
  const absolute = (path: string) => resolve(dirname(found), path)
  return {
    ...rest,
    ...(adapter === undefined ? {} : { adapter: absolute(adapter) }),
    ...(ledger === undefined ? {} : { ledger: absolute(ledger) }),
  }
}

async function load(file: string): Promise<unknown> {
  try {
    const module = extname(file).endsWith("ts")
      ? await (await import("tsx/esm/api")).tsImport(pathToFileURL(file).href, import.meta.url)
      : await import(pathToFileURL(file).href)
    // A package without "type": "module" has its TypeScript loaded as CommonJS, with the exports one level down.
    return module.default?.default ?? module.default
  } catch (error) {
    throw new UsageFault(`the config ${file} does not load: ${error instanceof Error ? error.message : error}`)
  }
}
