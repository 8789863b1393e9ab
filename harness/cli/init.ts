// `rtspec init`: what a project needs to test a client of its own, written into the present folder.

import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { cancel, intro, select, text } from "@clack/prompts"
import { type Command, Option } from "commander"
import { pipelines, planFiles, testRunners, type Wishes } from "../init/plan.ts"
import { UsageFault } from "../runner/faults.ts"

const protocols = ["realtime", "responses"] as const

export interface InitOptions {
  readonly name?: string
  readonly protocol?: Wishes["protocol"]
  readonly tests?: Wishes["tests"]
  readonly ci?: Wishes["ci"]
  /** Ask nothing: flags, and defaults for the rest. */
  readonly yes: boolean
}

/** Writes all files, or none where one of them is there already. */
export async function init(options: InitOptions, folder = process.cwd()): Promise<void> {
  const defaults = defaultsFor(folder)
  const wishes = options.yes || !process.stdin.isTTY ? { ...defaults, ...given(options) } : await ask(options, defaults)
  const files = planFiles(wishes)
  const present = [...files.keys()].filter((path) => existsSync(join(folder, path)))
  if (present.length > 0)
    throw new UsageFault(
      `${present.join(", ")} ${present.length > 1 ? "are" : "is"} there already; nothing was written. Move it away, then run rtspec init again.`,
    )
  for (const [path, content] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
    console.log(`  wrote ${path}`)
  }
  console.log(nextSteps(wishes))
}

const given = ({ name, protocol, tests, ci }: InitOptions): Partial<Wishes> => ({
  ...(name === undefined ? {} : { name }),
  ...(protocol === undefined ? {} : { protocol }),
  ...(tests === undefined ? {} : { tests }),
  ...(ci === undefined ? {} : { ci }),
})

/** From what the project has: its name, whether it uses Vitest, and where it is built. */
function defaultsFor(folder: string): Wishes {
  const manifest = join(folder, "package.json")
  const project = existsSync(manifest) ? JSON.parse(readFileSync(manifest, "utf8")) : {}
  const uses = (name: string) => name in { ...project.dependencies, ...project.devDependencies }
  return {
    name: project.name ?? basename(folder),
    protocol: "realtime",
    tests: uses("vitest") ? "vitest" : "node",
    ci: existsSync(join(folder, ".gitlab-ci.yml")) ? "gitlab" : "github",
  }
}

async function ask(options: InitOptions, defaults: Wishes): Promise<Wishes> {
  intro("rtspec: test a client of your own")
  const name = options.name ?? answered(await text({ message: "Your client's name", initialValue: defaults.name }))
  const protocol = options.protocol ?? (await choose("It speaks", protocols, defaults.protocol))
  const tests = options.tests ?? (await choose("Scenarios as tests of", testRunners, defaults.tests))
  const ci = options.ci ?? (await choose("A pipeline for", pipelines, defaults.ci))
  return { name, protocol, tests, ci }
}

const choose = async <T extends string>(message: string, values: readonly T[], initialValue: T): Promise<T> => {
  const chosen = await select<string>({
    message,
    initialValue,
    options: values.map((value) => ({ value, label: value })),
  })
  const found = values.find((value) => value === answered(chosen))
  return found ?? initialValue
}

/** Ctrl-C at a question writes nothing. */
function answered(answer: string | symbol): string {
  if (typeof answer === "string") return answer
  cancel("nothing was written")
  throw new UsageFault("rtspec init was interrupted; nothing was written.")
}

const sameAsTest: Readonly<Record<Wishes["tests"], string>> = {
  vitest: "\n  npx vitest run rtspec       the same as a test",
  node: "\n  node --import tsx --test rtspec/conformance.test.ts   the same as a test",
  none: "",
}

const nextSteps = ({ tests }: Wishes) => `
Next:
  npx rtspec run              one scenario, against the stand-in in rtspec/example-client.ts${sameAsTest[tests]}
  edit rtspec/client.adapter.ts   drive your own client; say in \`can\` what it can do
  set scenarios: ["*"] in rtspec.config.ts, and write what is known to fail into rtspec/ledger.json, each with its reason`

export function addInit(program: Command): void {
  program
    .command("init")
    .description("write what a project needs to test a client of its own")
    .option("--name <name>", "the client's name in reports (default: the package's)")
    .addOption(new Option("--protocol <name>", "what it speaks").choices(["realtime", "responses"]))
    .addOption(new Option("--tests <runner>", "scenarios as tests of").choices([...testRunners]))
    .addOption(new Option("--ci <kind>", "a pipeline for").choices([...pipelines]))
    .option("--yes", "ask nothing", false)
    .addHelpText(
      "after",
      "\nExamples:\n  rtspec init\n  rtspec init --yes --protocol responses --tests vitest --ci gitlab",
    )
    .action((options: InitOptions) => init(options))
}
