// Makes the page's script of its sources. In a checkout this is done for each report; a package brings the script along.
import { existsSync, readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { buildSync } from "esbuild"
import { HarnessFault } from "../../runner/faults.ts"

export interface ReportApp {
  readonly script: string
  readonly style: string
}

const beside = (name: string) => fileURLToPath(new URL(name, import.meta.url))
/** Where a package keeps the script; see bundleReportApp. */
export const bundledName = "app.bundle.json"

let made: ReportApp | undefined

/** The page's script and style: from `app.bundle.json` where a package has it, else made from the sources, once. */
export function reportApp(): ReportApp {
  made ??= existsSync(beside(bundledName)) ? JSON.parse(readFileSync(beside(bundledName), "utf8")) : bundleReportApp()
  return made ?? bundleReportApp()
}

/** Bundles the sources. Whoever makes a package writes the result as JSON to `app.bundle.json` beside this file's output.
 * Throws HarnessFault where they do not build. */
export function bundleReportApp(): ReportApp {
  const { outputFiles, errors } = buildSync({
    entryPoints: [beside("app/main.tsx")],
    bundle: true,
    write: false,
    minify: true,
    format: "iife",
    target: "es2022",
    platform: "browser",
    jsx: "automatic",
    jsxImportSource: "preact",
    outdir: "out",
    legalComments: "none",
    logLevel: "silent",
  })
  const text = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text
  const script = text(".js")
  const style = text(".css")
  if (script === undefined || style === undefined)
    throw new HarnessFault(`the report's page did not build: ${errors.map((error) => error.text).join("; ")}`)
  return { script, style }
}
