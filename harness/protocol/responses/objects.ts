// The objects that events of Responses over WebSocket carry: response, item, content part, errors. Loose and open, as the
// Realtime ones. (PROTOCOL.md C.)
import { z } from "zod"

const text = z.string()
const count = z.number()

export const responsesPart = z.looseObject({ type: text, text: text.nullish(), refusal: text.nullish() })

export const responsesItem = z.looseObject({
  type: text,
  id: text.nullish(),
  status: text.nullish(),
  role: text.nullish(),
  content: z.array(responsesPart).nullish(),
  call_id: text.nullish(),
  name: text.nullish(),
  arguments: text.nullish(),
})
export type ResponsesItem = z.infer<typeof responsesItem>

/** An error as it stands in a wrapped or nested error frame; `code` and `param` may be null (PROTOCOL.md C.4). */
export const responsesError = z.looseObject({
  type: text.nullish(),
  code: text.nullish(),
  message: text.nullish(),
  param: text.nullish(),
})

/** The response in created, in_progress and the terminals; a terminal may lack `output` (PROTOCOL.md C.5). */
export const responsesResponse = z.looseObject({
  id: text,
  object: text.optional(),
  status: text.nullish(),
  output: z.array(responsesItem).nullish(),
  previous_response_id: text.nullish(),
  error: responsesError.nullish(),
  incomplete_details: z.looseObject({ reason: text.nullish() }).nullish(),
  usage: z.looseObject({}).nullish(),
  created_at: count.nullish(),
  metadata: z.record(text, z.unknown()).nullish(),
})
export type ResponsesResponse = z.infer<typeof responsesResponse>
