// A scenario played by a real client over real sockets, through `rtspec record` in a process of its own, as a user would record.
import { spawn } from "node:child_process"
import { once } from "node:events"
import { fileURLToPath } from "node:url"
import type { Adapter } from "../adapter.ts"
import { invariants } from "../checks/all.ts"
import { type CaseOptions, type CaseWorld, runCase } from "../runner/case.ts"
import type { CaseResult } from "../runner/result.ts"
import type { Scenario } from "../script/scenario.ts"

const command = fileURLToPath(new URL("../cli/bin.js", import.meta.url))

export type RecordingWorld = Pick<CaseWorld, "clock" | "chance" | "transport" | "onCrashes"> &
  Pick<CaseOptions, "dialect">

/** Records the story, without a fresh turn after it, into `file`. Time and chance must be ours already, and the adapter loaded
 * after that. */
export async function recordCase(
  world: RecordingWorld,
  adapter: Adapter,
  scenario: Scenario,
  file: string,
  flags: readonly string[] = [],
): Promise<CaseResult> {
  const { transport, dialect } = world
  const client = ["--client", `${adapter.name}@${adapter.version}`]
  const recorder = spawn(process.execPath, [
    command,
    ...["record", "--upstream", transport.origin, "--out", file],
    ...client,
    ...flags,
  ])
  try {
    const { origin, ended } = await dialled(recorder)
    const through = { ...world, adapter, invariants, transport: { ...transport, origin } }
    const result = await runCase(through, {
      scenario: { ...scenario, ends: "unusable" },
      seed: "1",
      strict: true,
      keepTrace: true,
      ...(dialect ? { dialect } : {}),
    })
    recorder.kill("SIGINT")
    await ended
    return result
  } finally {
    recorder.kill("SIGKILL")
    transport.close()
  }
}

async function dialled(recorder: ReturnType<typeof spawn>) {
  const ended = once(recorder, "exit")
  let said = ""
  recorder.stderr?.on("data", (chunk) => {
    said += String(chunk)
  })
  const origin = await new Promise<string>((resolve, reject) => {
    recorder.stdout?.on("data", (chunk) => {
      said += String(chunk)
      const found = /Dial (\S+);/.exec(said)?.[1]
      if (found) resolve(found)
    })
    void ended.then(() => reject(new Error(`rtspec record ended: ${said}`)))
  })
  return { origin, ended }
}
