// Completion offers what there is: flags, subjects, scenarios.
import { afterEach, expect, it, vi } from "vitest"
import { main } from "./main.ts"

afterEach(() => {
  vi.restoreAllMocks()
})

async function offered(...words: string[]): Promise<string[]> {
  const lines: string[] = []
  vi.spyOn(console, "log").mockImplementation((line: string) => void lines.push(line))
  expect(await main(["complete", "--", ...words])).toBe(0)
  return lines.map((line) => line.split("\t")[0] ?? "")
}

it("completes flags, and the names of subjects and scenarios", async () => {
  expect(await offered("run", "--transp")).toContain("--transport")
  expect(await offered("run", "--subject", "reference")).toContain("reference@1")
  expect(await offered("run", "--scenario", "turn/te")).toContain("turn/text-turn")
})
