// Every block of code that a page of this repository shows is code: TypeScript that compiles, JSON that its schema takes,
// Python that answers the harness, messages that the protocol knows. A block in another language fails until it has a check.
import { execFileSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { parse } from "yaml"
import { scenarios } from "../../scenarios/index.ts"
import { invariants } from "../checks/all.ts"
import { fuzzFile } from "../report/fuzz.ts"
import { readLedger } from "../runner/ledger.ts"
import { protocolVersion, readLine } from "../transports/process/messages.ts"
import { blocks, helped, pages, root, shown } from "./documents-for-tests.ts"

let folder = ""
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "rtspec-blocks-"))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const of = (language: string) => blocks.filter((each) => each.language === language)
const put = (name: string, text: string) => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

/** A reader's own library, and what a page has named before. */
const readers = `declare module "my-client" {
  import type { EventEmitter } from "node:events"
  export class MyClient extends EventEmitter {
    constructor(where: { url: string; apiKey: string })
    connect(): Promise<void>
    ask(text: string): Promise<{ readonly response: string }>
    close(): void
  }
}`
const named = 'import { conformance } from "rtspec/vitest"\n'

describe("blocks of code", () => {
  it("are in languages that are checked here or by others", () => {
    // Shell by examples.test.ts and package.test.ts; without a language: what a terminal showed, or lines of the protocol.
    expect([...new Set(blocks.map(({ language }) => language))].sort()).toEqual([
      "",
      "json",
      "python",
      "sh",
      "ts",
      "yaml",
    ])
    expect(pages.length).toBeGreaterThan(30)
  })

  it("in TypeScript compile, as in a project that has rtspec", { timeout: 120_000 }, () => {
    const typescript = of("ts")
    expect(typescript.length).toBeGreaterThan(3)
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"))
    put("package.json", '{ "type": "module" }')
    put("readers.d.ts", readers)
    for (const [at, { text }] of typescript.entries()) {
      const own = text.replaceAll('"../../harness/', `"${root}/harness/`)
      put(`block-${at}.ts`, `${/^conformance\(/m.test(text) ? named : ""}${own}\nexport {}\n`)
    }
    const { compilerOptions } = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8"))
    const entry = (name: string) => [join(root, "harness", `${name}.ts`)]
    const paths = { rtspec: entry("index"), "rtspec/vitest": entry("integrations/vitest") }
    const { rootDir: _root, outDir: _out, rewriteRelativeImportExtensions: _rewrite, ...kept } = compilerOptions
    put("tsconfig.json", JSON.stringify({ compilerOptions: { ...kept, noEmit: true, paths }, include: ["*.ts"] }))
    const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc")
    let complaints = ""
    try {
      execFileSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8", stdio: "pipe" })
    } catch (error) {
      complaints = (error as { stdout: string }).stdout
    }
    expect(complaints).toBe("")
  })

  it("in JSON are what reads them", () => {
    const [ids, truths] = [scenarios, invariants].map((list) => new Set(list.map(({ id }) => id)))
    for (const { page, text } of of("json")) {
      const data = JSON.parse(text)
      if ("cases" in data) fuzzFile.strict().parse(data)
      else {
        const ledger = put("ledger.json", JSON.stringify([data].flat()))
        expect(readLedger(ledger, ids ?? new Set(), truths ?? new Set()).lines.length, page).toBeGreaterThan(0)
      }
    }
    expect(of("json")).toHaveLength(3)
  })

  it("in YAML use the action, with inputs that it has", () => {
    const action = ".github/actions/rtspec"
    const { inputs } = parse(readFileSync(join(root, action, "action.yml"), "utf8"))
    for (const { text } of of("yaml"))
      for (const { uses, with: given } of parse(text)) {
        expect(uses).toMatch(/^OWNER\/rtspec\/\.github\/actions\/rtspec@v\d/)
        expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)))
      }
    expect(of("yaml")).toHaveLength(1)
  })

  it("in Python answer the harness, with a client in the place of the reader's", () => {
    const [block, ...others] = of("python")
    expect(others).toEqual([])
    put("my_client.py", "class Client:\n    def __init__(self, url, key):\n        pass\n")
    const file = put("adapter.py", block?.text ?? "")
    const hello = `${JSON.stringify({ do: "hello", rtspec: protocolVersion })}\n${JSON.stringify({ do: "end" })}\n`
    const env = { ...process.env, PYTHONPATH: join(root, "adapters/python"), PYTHONDONTWRITEBYTECODE: "1" }
    const said = execFileSync("python3", [file, "1.2.3"], { input: hello, encoding: "utf8", env })
    expect(readLine(said.trim())).toMatchObject({ is: "about", name: "my-client", version: "1.2.3" })
  })

  it("of the protocol's lines are messages that are understood", () => {
    const page = "harness/transports/process/README.md"
    const [block] = blocks.filter((each) => each.page === page && each.language === "")
    const lines = (block?.text ?? "").trim().split("\n")
    expect(lines.length).toBeGreaterThan(8)
    for (const line of lines) expect(readLine(line.split(/\s{2,}/)[0] ?? "")).toBeTypeOf("object")
  })

  it("of a terminal show a command of ours, or what one prints", () => {
    const others = blocks.filter(({ language, page }) => language === "" && !page.endsWith("process/README.md"))
    const printed = /^(✗ |\$ npx rtspec )/
    expect(others.filter(({ text }) => !printed.test(text)).map(({ page }) => page)).toEqual([])
  })
})

describe("commands of npm and node", () => {
  const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))

  it.each(pages)("in %s are there", (page) => {
    const text = readFileSync(join(root, page), "utf8")
    const called = [...text.matchAll(/npm (?:run (?:--silent )?)?(start|test|[a-z]+)(?=[`\s])/g)].map(
      ([all, name = ""]) => ({ all, name }),
    )
    const own = called.filter(({ all, name }) => all.startsWith("npm run") || ["start", "test"].includes(name))
    expect(own.filter(({ name }) => !(name in scripts))).toEqual([])
    const files = [...text.matchAll(/npx tsx (\S+\.ts)/g)].map(([, file = ""]) => file)
    for (const file of files) expect(readFileSync(join(root, file), "utf8")).not.toBe("")
  })

  it("are not all there is", () => expect(shown.length + helped.length).toBeGreaterThan(100))
})
