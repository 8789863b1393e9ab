// What `rtspec init` writes: files by their path in the project, made of the templates beside this file.
import { readFileSync } from "node:fs"

export const testRunners = ["vitest", "node", "none"] as const
export const pipelines = ["github", "gitlab", "none"] as const

export interface Wishes {
  /** How the client is called in reports. */
  readonly name: string
  readonly protocol: "realtime" | "responses"
  readonly tests: (typeof testRunners)[number]
  readonly ci: (typeof pipelines)[number]
}

const template = (name: string) => readFileSync(new URL(`./templates/${name}`, import.meta.url), "utf8")

/** The scenario that every client should pass, and that the stand-in passes. */
const firstScenario = { realtime: "turn/text-turn", responses: "responses-ws/text-turn" } as const

/** Path → text. */
export function planFiles({ name, protocol, tests, ci }: Wishes): ReadonlyMap<string, string> {
  // Here it is an error, in a project that has the types of Vite it is none.
  const begun = (text: string) =>
    text.replaceAll("FIRST_SCENARIO", firstScenario[protocol]).replace("@ts-expect-error", "@ts-ignore")
  const files = new Map([
    ["rtspec.config.ts", begun(template("rtspec.config.ts"))],
    [
      "rtspec/client.adapter.ts",
      template(`${protocol}/client.adapter.ts`).replace('"my-client"', JSON.stringify(name)),
    ],
    ["rtspec/example-client.ts", template(`${protocol}/example-client.ts`)],
    ["rtspec/ledger.json", "[]\n"],
  ])
  if (tests !== "none") files.set("rtspec/conformance.test.ts", begun(template(`conformance.${tests}.ts`)))
  if (ci === "github") files.set(".github/workflows/rtspec.yml", template("github.yml"))
  if (ci === "gitlab") files.set("rtspec/gitlab-ci.yml", template("gitlab.yml"))
  return files
}
