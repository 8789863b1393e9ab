// Light, dark, or as the system has it; the choice is kept where the browser allows it.
import { useState } from "preact/hooks"

const themes = ["system", "light", "dark"] as const
type Theme = (typeof themes)[number]
const glyphs: Readonly<Record<Theme, string>> = { system: "◐", light: "○", dark: "●" }

function chosen(): Theme {
  const theme = document.documentElement.dataset.theme
  return theme === "light" || theme === "dark" ? theme : "system"
}

const after = (theme: Theme): Theme => themes[(themes.indexOf(theme) + 1) % themes.length] ?? "system"

function choose(theme: Theme) {
  if (theme === "system") delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  try {
    localStorage.setItem("rtspec-theme", theme)
  } catch {
    // Opened from disk, some browsers keep nothing.
  }
}

export function ThemeToggle() {
  const [theme, setTheme] = useState(chosen)
  const next = after(theme)
  return (
    <button
      type="button"
      class="theme"
      title={`Colours: ${theme}`}
      aria-label={`Colours: ${theme}. Change to ${next}`}
      onClick={() => {
        // What was drawn may be a click behind.
        const wanted = after(chosen())
        choose(wanted)
        setTheme(wanted)
      }}
    >
      <span aria-hidden="true">{glyphs[theme]}</span>
    </button>
  )
}
