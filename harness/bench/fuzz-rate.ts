// How many generated cases of the reference clients are played in a second on one core by one job, and on two by two: real
// framing, all invariants, steering, and what the processes say to each other; without their start.
import { execFileSync } from "node:child_process"
import { fuzzSubject } from "../fuzz/fuzz.ts"

const subjects = [
  { name: "reference", version: "1", protocol: "realtime", installed: true },
  { name: "reference-responses", version: "1", protocol: "responses", installed: true },
] as const

/** Prints a line for each subject; `cases` for each core. */
export async function benchFuzzRate(cases: number): Promise<void> {
  for (const subject of subjects) {
    const [one, two] = [await rateOn(1, subject, cases), await rateOn(2, subject, cases)]
    const ratio = (two / one).toFixed(2)
    console.log(`${subject.name}: ${one.toFixed(0)} fuzz cases/s on one core, ${two.toFixed(0)} on two, ratio ${ratio}`)
  }
}

/** A job is two processes, the one that generates and the one that plays: left alone, one job would take part of a second core. */
async function rateOn(cores: number, subject: (typeof subjects)[number], cases: number): Promise<number> {
  execFileSync("taskset", ["--all-tasks", "--cpu-list", "--pid", `0-${cores - 1}`, `${process.pid}`], { stdio: "pipe" })
  return await rateOf(subject, cases * cores, cores)
}

/** The first half warms up the processes and is not counted: their engine compiles for some thousand cases. */
async function rateOf(subject: (typeof subjects)[number], cases: number, jobs: number): Promise<number> {
  let began: { readonly at: bigint; readonly cases: number } | undefined
  let last = { at: 0n, cases: 0 }
  const fuzzed = await fuzzSubject({
    ...{ subject, seed: "rate", oracle: "all", jobs, cases },
    isOver: () => false,
    onFailure: ({ id }) => console.log(`${subject.name} fails: ${id}`),
    onFlaky: ({ foundAt }) => console.log(`${subject.name}: case ${foundAt} is flaky`),
    onProgress(progress) {
      last = { at: process.hrtime.bigint(), cases: progress.cases }
      if (last.cases >= cases / 2) began ??= last
    },
  })
  if (typeof fuzzed === "string") throw new Error(fuzzed)
  const { at, cases: before } = began ?? last
  return (last.cases - before) / (Number(last.at - at) / 1e9)
}
