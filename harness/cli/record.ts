// `rtspec record`: a proxy between a client and a server that writes down all that goes by.

import { readFileSync } from "node:fs"
import { type Command, InvalidArgumentError } from "commander"
import { UsageFault } from "../runner/faults.ts"
import { record } from "../transports/record.ts"
import { LogFault } from "../wirelog/log.ts"
import { redactUrl } from "../wirelog/redact.ts"
import { takeDown } from "../wirelog/take-down.ts"
import { rtspecVersion } from "./version.ts"

export interface RecordOptions {
  readonly upstream: string
  readonly out: string
  readonly port: number
  readonly host: string
  readonly expose: boolean
  readonly plain: boolean
  readonly client?: string
  readonly ca?: string
}

const loopback = /^(127(\.\d{1,3}){3}|localhost|::1)$/
const interrupts = ["SIGINT", "SIGTERM"] as const

export function addRecord(program: Command, done: (code: number) => void): void {
  program
    .command("record")
    .description("a proxy between a client and a server, which writes down what goes by")
    .requiredOption("--upstream <url>", "ws: or wss: URL of the server; without a path, that of the client is dialled")
    .requiredOption("--out <file>", "the wire log; never written over")
    .option("--port <n>", "port that clients dial (default: any that is free)", portNumber, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--expose", "allow a --host that other machines can reach: whoever dials it speaks to the upstream", false)
    .option("--plain", "write down keys, e-mail addresses, telephone numbers and audio as they are", false)
    .option("--client <name@version>", "who is recorded, for the header of the log")
    .option("--ca <file>", "a certificate authority of your own to trust (PEM)")
    .addHelpText("after", recordExamples)
    .action(async (options: RecordOptions) => done(await recordUntilInterrupted(options)))
}

const recordExamples = `
Examples:
  rtspec record --upstream wss://api.openai.com --out call.ndjson     then dial ws://127.0.0.1:PORT/v1/realtime?model=…
  rtspec record --upstream wss://api.openai.com --out call.ndjson --port 4000 --client my-client@1.2.3`

/** Listens until Ctrl-C; every line is whole at any moment. Throws UsageFault for what cannot be recorded. */
export async function recordUntilInterrupted(options: RecordOptions): Promise<number> {
  const { out, port, host, plain, client, ca } = options
  const upstream = upstreamOf(options)
  const [name, version] = client?.split(/@(?=[^@]+$)/) ?? []
  const protocol = /\/responses$/.test(new URL(upstream).pathname) ? { protocol: "responses" as const } : {}
  const log = faultsAsUsage(() =>
    takeDown(out, {
      plain,
      header: {
        recordedAt: new Date().toISOString(),
        endpoint: upstream,
        ...protocol,
        end: "client",
        ...(name ? { client: { name, ...(version ? { version } : {}) } } : {}),
        tool: `rtspec ${rtspecVersion()}`,
      },
    }),
  )
  const trusted = ca === undefined ? {} : { ca: readCertificate(ca) }
  const recording = await record({ upstream, port, host, ...trusted, onSeen: log.take }).catch((error: Error) => {
    throw new UsageFault(`port ${port} of ${host} cannot be had (${error.message}); give --port another.`)
  })
  console.log(`Recording ${upstream} to ${out}. Dial ${recording.origin}; Ctrl-C ends it.`)
  await new Promise<void>((resolve) => {
    for (const signal of interrupts) process.once(signal, () => resolve())
  })
  log.close()
  await recording.close()
  console.log(`${out}: ${log.entries} entries. rtspec check ${out} tells what is wrong in it.`)
  return 0
}

function faultsAsUsage<T>(open: () => T): T {
  try {
    return open()
  } catch (error) {
    throw error instanceof LogFault ? new UsageFault(error.message) : error
  }
}

function readCertificate(file: string): string {
  try {
    return readFileSync(file, "utf8")
  } catch {
    throw new UsageFault(`the certificate ${file} cannot be read; give --ca a PEM file.`)
  }
}

function portNumber(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port >= 0 && port < 65_536) return port
  throw new InvalidArgumentError("A port is a whole number up to 65535.")
}

function upstreamOf({ upstream, host, expose }: RecordOptions): string {
  if (!URL.canParse(upstream) || !/^wss?:$/.test(new URL(upstream).protocol))
    throw new UsageFault(
      `--upstream takes a ws: or wss: URL such as wss://api.openai.com, not "${redactUrl(upstream)}".`,
    )
  if (!expose && !loopback.test(host))
    throw new UsageFault(
      `--host ${host} can be reached by other machines, and whoever dials it speaks to the upstream; add --expose if that is meant.`,
    )
  return upstream
}
