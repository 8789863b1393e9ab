// Every subject that rtspec brings along, by name and version. Nothing of a subject is imported before load() is called:
// the harness must have taken over time and network first.
import type { Adapter, Program } from "../harness/adapter.ts"
import type { Recipe } from "../harness/subjects/index.ts"
import { langwatchAgentSubjects } from "./langwatch-agent/index.ts"
import { langwatchVoiceSubjects } from "./langwatch-voice/index.ts"
import { livekitPythonSubjects } from "./livekit-python/index.ts"
import { livekitRealtimeSubjects } from "./livekit-realtime/index.ts"
import { livekitResponsesSubjects } from "./livekit-responses/index.ts"
import { livekitResponsesPythonSubjects } from "./livekit-responses-python/index.ts"
import { responsesMutants } from "./mutants/responses-table.ts"
import { mutants } from "./mutants/table.ts"
import { openAiAgentsSubjects } from "./openai-agents/index.ts"
import { openAiAgentsPythonSubjects } from "./openai-agents-python/index.ts"
import { openAiAgentsResponsesSubjects } from "./openai-agents-responses/index.ts"
import { openAiNodeSubjects } from "./openai-node/index.ts"
import { openAiRealtimeApiSubjects } from "./openai-realtime-api/index.ts"
import { scenarioPythonSubjects } from "./scenario-python/index.ts"

export interface SubjectEntry {
  readonly name: string
  readonly version: string
  readonly protocol: Adapter["protocol"]
  load(): Promise<Adapter>
  /** The server that it was made for, where that is not OpenAI's of today; its ledger speaks of that one. */
  readonly dialect?: NonNullable<Adapter["dialects"]>[number]
  /** For a client in another language, which is never loaded: the program to start. */
  readonly program?: () => Program
  /** Whether the subject's package is there; `load` fails where it is not. */
  installed(): boolean
  /** The subject's expected failures: a JSON array of `{ scenario, invariant?, reason }`. */
  readonly ledger?: URL
  /** How it is fetched, where it does not come with rtspec. */
  readonly install?: Recipe
}

export const reference: SubjectEntry = {
  name: "reference",
  version: "1",
  protocol: "realtime",
  load: async () => (await import("./reference/adapter.ts")).adapter,
  installed: () => true,
}

const referenceResponses: SubjectEntry = {
  name: "reference-responses",
  version: "1",
  protocol: "responses",
  load: async () => (await import("./reference-responses/adapter.ts")).adapter,
  installed: () => true,
}

const mutant = (name: string): SubjectEntry => ({
  name: `mutant/${name}`,
  version: "1",
  protocol: "realtime",
  load: async () => (await import("./mutants/adapter.ts")).mutantAdapter(name),
  installed: () => true,
})

const responsesMutant = (name: string): SubjectEntry => ({
  name: `mutant/${name}`,
  version: "1",
  protocol: "responses",
  load: async () => (await import("./mutants/responses-adapter.ts")).responsesMutantAdapter(name),
  installed: () => true,
})

export const subjects: readonly SubjectEntry[] = [
  reference,
  referenceResponses,
  ...openAiAgentsSubjects,
  ...openAiAgentsResponsesSubjects,
  ...openAiNodeSubjects,
  ...openAiRealtimeApiSubjects,
  ...langwatchAgentSubjects,
  ...langwatchVoiceSubjects,
  ...livekitPythonSubjects,
  ...openAiAgentsPythonSubjects,
  ...scenarioPythonSubjects,
  ...livekitRealtimeSubjects,
  ...livekitResponsesSubjects,
  ...livekitResponsesPythonSubjects,
  ...mutants.map(({ name }) => mutant(name)),
  ...responsesMutants.map(({ name }) => responsesMutant(name)),
]
