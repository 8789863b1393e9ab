// The entry of the page's script.
import { render } from "preact"
import { App } from "./app.tsx"
import "./style/base.css"
import "./style/matrix.css"
import "./style/case.css"
import "./style/charts.css"
import "./style/print.css"

const root = document.getElementById("app")
if (root) {
  root.textContent = ""
  render(<App />, root)
}
