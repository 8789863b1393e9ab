// The chosen entry as data.
import type { Entry } from "../../../trace/trace.ts"
import { CopyButton } from "./copy.tsx"

export function Inspector({ entry, file }: { entry: Entry | undefined; file: string | undefined }) {
  if (!entry)
    return (
      <aside class="inspector" aria-label="Entry">
        <p class="quiet">Choose an entry to see it as it was recorded.</p>
      </aside>
    )
  const { index, at, round, lane, ...rest } = entry
  const json = JSON.stringify("event" in rest ? rest.event : rest, null, 2)
  return (
    <aside class="inspector" aria-label="Entry">
      <header>
        <h3>
          {lane} · {"event" in rest ? "event" : rest.kind}
        </h3>
        <CopyButton text={json} what="JSON" />
      </header>
      <p class="quiet">
        entry {index} · {at.toLocaleString("en-US")} ms · round {round}
        {"fault" in rest && rest.fault ? ` · ⚡ ${rest.fault}` : ""}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre tabIndex={0}>{json}</pre>
      {json.includes(" characters)") && file && <p class="quiet">Long strings are cut here; {file} has them whole.</p>}
    </aside>
  )
}
