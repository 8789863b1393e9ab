// `rtspec explain ID`: the page of an invariant, which stands beside it in checks/.

import { readFileSync } from "node:fs"
import type { Command } from "commander"
import { invariants } from "../checks/all.ts"
import { select } from "../runner/select.ts"

/** Throws UsageFault, naming the nearest, for an invariant that there is not. */
export function explainInvariant(id: string): void {
  for (const invariant of select("invariant", invariants, [id], (each) => [each.id]))
    console.log(readFileSync(new URL(`../checks/${invariant.id}.md`, import.meta.url), "utf8"))
}

export function addExplain(program: Command): void {
  program
    .command("explain")
    .description("what an invariant asks for, why, when it is fair, and how clients get it wrong")
    .argument("<invariant>", "its id, as failures name it")
    .addHelpText("after", "\nExamples:\n  rtspec explain one-active-response")
    .action((id: string) => explainInvariant(id))
}
