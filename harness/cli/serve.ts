// `rtspec serve`: the scripted server alone, until Ctrl-C.
import { type Command, InvalidArgumentError } from "commander"
import { scenarios } from "../../scenarios/index.ts"
import { UsageFault } from "../runner/faults.ts"
import { select } from "../runner/select.ts"
import { serve } from "../serve/serve.ts"

interface ServeCommandOptions {
  readonly port: number
  readonly scenario?: readonly string[]
  readonly patience: number
}

export function addServe(program: Command, done: (code: number) => void): void {
  program
    .command("serve")
    .description("the scripted server alone, for any client in any language that drives itself; judged on the wire")
    .option("--port <n>", "port on 127.0.0.1", wholeNumber, 4577)
    .option("--scenario <glob>", "scenarios by id; repeatable (default: all)", (value, before: string[] = []) => [
      ...before,
      value,
    ])
    .option("--patience <s>", "seconds for the client to do what a story waits for", wholeNumber, 30)
    .addHelpText(
      "after",
      "\nExamples:\n  rtspec serve\n  curl http://127.0.0.1:4577/cases\n  websocat 'ws://127.0.0.1:4577/run?scenario=turn/text-turn&agent=me'",
    )
    .action(async (options: ServeCommandOptions) => done(await serveUntilInterrupted(options)))
}

function wholeNumber(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new InvalidArgumentError("It is a whole number.")
  return number
}

const interrupts = ["SIGINT", "SIGTERM"] as const

/** 1 where a client failed a case. Throws UsageFault where the port cannot be had. */
async function serveUntilInterrupted({ port, scenario, patience }: ServeCommandOptions): Promise<number> {
  const chosen = select("scenario", scenarios, scenario ?? ["*"], ({ id }) => [id])
  const serving = await serve({
    scenarios: chosen,
    host: "127.0.0.1",
    port,
    patience: { dutyMs: patience * 1000, answerMs: 3_000 },
    onResult: ({ scenario: id, subject, verdict, because, violations }) =>
      console.log(
        `${verdict} ${id} · ${subject}${violations[0] ? `: ${violations[0].message}` : because && `: ${because}`}`,
      ),
  }).catch((error: Error) => {
    throw new UsageFault(`port ${port} cannot be had (${error.message}); give --port another one.`)
  })
  console.log(
    `${chosen.length} scenarios at ws://${serving.address}/run?scenario=ID&agent=NAME; http://${serving.address}/ says how`,
  )
  await new Promise<void>((resolve) => {
    for (const signal of interrupts) process.once(signal, () => resolve())
  })
  serving.close()
  return serving.results().some(({ verdict }) => verdict === "fail") ? 1 : 0
}
