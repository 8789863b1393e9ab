// The report as one page: its data, its style and its script in one document that needs nothing else.
import { type ReportApp, reportApp } from "./bundle.ts"
import type { PackedTraces, PageData } from "./page-data.ts"

/** JSON that cannot end the element it stands in, whatever a subject said: `<` is written as an escape, and so are the two
 * line ends that older scripts stumble over. */
export const jsonForScript = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`)

/** A script's own text may hold `</script` in a string. */
const scriptText = (script: string) => script.replaceAll("</script", "<\\/script")

/** The theme that was chosen, before anything is painted. */
const themeFirst = `try{const t=localStorage.getItem("rtspec-theme");if(t==="light"||t==="dark")document.documentElement.dataset.theme=t}catch{}`

const policy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"

export function renderPage(data: PageData, traces: PackedTraces, app: ReportApp = reportApp()): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>rtspec report</title>
<style>${app.style}</style>
<script>${themeFirst}</script>
</head>
<body>
<div id="app"><noscript>This report needs JavaScript; matrix.md and failures.txt beside it hold the same as text.</noscript></div>
<script type="application/json" id="rtspec-data">${jsonForScript(data)}</script>
<script type="application/json" id="rtspec-traces">${jsonForScript(traces)}</script>
<script>${scriptText(app.script)}</script>
</body>
</html>
`
}
