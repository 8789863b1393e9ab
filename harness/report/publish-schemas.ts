// Writes the JSON schemas of the files that others may read, as schemas/ holds them: npx tsx harness/report/publish-schemas.ts
import { pathToFileURL } from "node:url"
import { z } from "zod"
import { logLine } from "../wirelog/line-schema.ts"
import { writeWhole } from "./folder.ts"
import { fuzzFile } from "./fuzz.ts"
import { resultsFile } from "./results.ts"

/** By file name. */
export const published: Readonly<Record<string, () => object>> = {
  "results.schema.json": () => z.toJSONSchema(resultsFile),
  "fuzz.schema.json": () => z.toJSONSchema(fuzzFile, { io: "input" }),
  "wire-log.schema.json": () => z.toJSONSchema(logLine),
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  for (const [name, schema] of Object.entries(published))
    writeWhole(new URL(`schemas/${name}`, import.meta.url).pathname, `${JSON.stringify(schema(), null, 2)}\n`)
