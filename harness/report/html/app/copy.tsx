// Text that a reader will want elsewhere, with a button that takes it there.
import { useState } from "preact/hooks"

/** From disk a browser may refuse the clipboard; selecting text works everywhere. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement("textarea")
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand("copy")
    area.remove()
    return done
  }
}

export function CopyButton({ text, what }: { text: string; what: string }) {
  const [said, setSaid] = useState("")
  return (
    <button
      type="button"
      class="copy"
      onClick={async (event) => {
        const button = event.currentTarget
        setSaid((await copyText(text)) ? "Copied" : "Select it by hand")
        button.focus()
        setTimeout(() => setSaid(""), 2_000)
      }}
    >
      <span aria-live="polite">{said || `Copy ${what}`}</span>
    </button>
  )
}

export function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <code>{text}</code>
      <CopyButton text={text} what="command" />
    </div>
  )
}
