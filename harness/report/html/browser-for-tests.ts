// A real Chromium for tests, where the machine has one.
import { existsSync } from "node:fs"
import { chromium } from "playwright-core"

const usual = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

/** The one that CHROMIUM names, or where distributions put it. */
export const chromiumFile = [process.env.CHROMIUM ?? "", ...usual].find((file) => file !== "" && existsSync(file))

const args = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
]

export function openBrowser() {
  if (chromiumFile === undefined) throw new Error("there is no Chromium; tests that need one are skipped")
  return chromium.launch({ executablePath: chromiumFile, args })
}
