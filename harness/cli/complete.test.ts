// Completion offers what there is: flags, subjects, scenarios.
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import { afterEach, expect, it, vi } from "vitest"
import { main } from "./main.ts"

const bin = fileURLToPath(new URL("./bin.js", import.meta.url))

afterEach(() => {
  vi.restoreAllMocks()
})

async function offered(...words: string[]): Promise<string[]> {
  const lines: string[] = []
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line))
  expect(await main(["complete", "--", ...words])).toBe(0)
  return lines.map((line) => line.split("\t")[0] ?? "")
}

/** What bash would put in the place of the line's last word, without the package bash-completion. */
function completedByBash(line: string, breaks = " \t\n\"'@><=;|&(:"): string[] {
  const script = [
    `COMP_WORDBREAKS=$BREAKS; rtspec() { node ${JSON.stringify(bin)} "$@"; }`,
    "source $SCRIPT; source $SCRIPT",
    `COMP_LINE=$LINE; COMP_POINT=\${#LINE}; _rtspec; printf '%s\\n' "\${COMPREPLY[@]}"`,
  ].join("\n")
  const env = {
    ...process.env,
    LINE: line,
    BREAKS: breaks,
    SCRIPT: fileURLToPath(new URL("./complete.bash", import.meta.url)),
  }
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8", env }).trimEnd().split("\n")
}

it.each([
  ["rtspec run --subj", ["--subject"]],
  ["rtspec run --subject openai-agents@0.8.", ["0.8.0", "0.8.1"]],
  ["rtspec run --scenario 'turn/text-turn", ["turn/text-turn", "turn/text-turn-settles"]],
  ["rtspec check no-such", [""]],
])("in bash completes %s", (line, words) => {
  expect(completedByBash(line)).toEqual(words)
})

it("in bash gives the whole word where @ does not end one", () => {
  expect(completedByBash("rtspec run --subject openai-agents@0.8.0", " \t\n")).toEqual(["openai-agents@0.8.0"])
})

it("gives bash the script, and does not take a word of the line for a shell", async () => {
  vi.spyOn(console, "log").mockImplementation((text: string) =>
    expect(text).toContain("complete -o default -F _rtspec rtspec"),
  )
  expect(await main(["complete", "bash"])).toBe(0)
  expect(await offered("bash")).not.toContain("_rtspec() {")
})

it("completes flags, and the names of subjects and scenarios", async () => {
  expect(await offered("run", "--transp")).toContain("--transport")
  expect(await offered("run", "--subject", "reference")).toContain("reference@1")
  expect(await offered("run", "--scenario", "turn/te")).toContain("turn/text-turn")
})
