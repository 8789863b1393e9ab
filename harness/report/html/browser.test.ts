// The page in a real Chromium, opened from disk: what it shows, that it is moved by keys and links, that nothing a subject
// says is run, that large runs stay light, and that it fits every width in both schemes.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { hostile } from "../report-for-tests.ts"
import { chromiumFile, openBrowser } from "./browser-for-tests.ts"
import { hostilePage, largePage, smallPage } from "./page-for-tests.ts"
import { hashOf, noFilter, type Route } from "./route.ts"

const why = "skipped where there is no Chromium: apt-get install chromium, or name one with CHROMIUM"
const views = ["#/", "#/coverage", "#/fuzz", "#/history"]
const caseOf = (subject: string, version: string, scenario: string) =>
  hashOf({ page: "case", name: { subject, version, scenario } })
const failing = caseOf("fake", "3", "turn/three")

/** What a click or a key brings about is drawn a little later. */
const soon = <T>(read: () => T) => expect.poll(read, { timeout: 30_000 })

describe.skipIf(chromiumFile === undefined)(`the page in Chromium (${why})`, () => {
  const folder = mkdtempSync(join(tmpdir(), "rtspec-test-"))
  let browser: Browser
  let page: Page
  /** Everything that went wrong or went out. */
  let wrong: string[] = []

  beforeAll(async () => {
    for (const [name, make] of Object.entries({ small: smallPage, hostile: hostilePage, large: largePage }))
      writeFileSync(join(folder, `${name}.html`), make())
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    rmSync(folder, { recursive: true, force: true })
  })
  beforeEach(async () => {
    await page?.close()
    wrong = []
    page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
    page.on("pageerror", (error) => wrong.push(error.message))
    page.on("console", (message) => message.type() === "error" && wrong.push(message.text()))
    page.on("request", (request) => request.url().startsWith("file:") || wrong.push(request.url()))
  })

  async function open(name: string, hash: string) {
    await page.goto("about:blank")
    await page.goto(`${pathToFileURL(join(folder, `${name}.html`))}${hash}`)
    await page.locator("h1").waitFor()
  }
  const cells = () => page.locator(".matrix .cell a")

  it("opens from disk, asks for nothing else, and says how it went", async () => {
    await open("small", "#/")
    await soon(() => page.locator(".headline").innerText()).toMatch(/^4\s+of 7 cases not as expected$/)
    await soon(() => cells().count()).toBe(7)
    await soon(() => page.locator(".news-list li").count()).toBe(4)
    for (const hash of [...views, failing]) await open("small", hash)
    expect(wrong).toEqual([])
  })

  it("is a table to a screen reader, each cell a link that says all of it", async () => {
    await open("small", "#/")
    const table = page.getByRole("table", { name: /^turn/ })
    await soon(() => table.getByRole("columnheader").allInnerTexts()).toEqual(
      expect.arrayContaining(["fake 1", "fake 3"]),
    )
    await soon(() => table.getByRole("rowheader", { name: "two" }).count()).toBe(1)
    const link = table.getByRole("link", { name: "turn/two, fake 1: fail; expected by the ledger; no-crash" })
    await link.click()
    await soon(() => page.locator("h1").innerText()).toBe("turn/two")
    await page.goBack()
    await soon(() => page.locator("h1").innerText()).toBe("Results")
  })

  it("has a name for everything that can be pressed", async () => {
    for (const hash of [...views, failing]) {
      await open("small", hash)
      const tree = await page.locator("body").ariaSnapshot()
      expect(
        tree.split("\n").filter((line) => /^\s*- (button|link|combobox|searchbox|option)( \[.*\])?:?$/.test(line)),
      ).toEqual([])
    }
  })

  it("keeps what was filtered in the address", async () => {
    await open("small", "#/")
    await page.getByRole("group", { name: "Verdicts" }).getByRole("button", { name: "fail" }).click()
    await soon(() => cells().count()).toBe(3)
    await page.getByRole("searchbox").fill("two")
    await soon(() => cells().count()).toBe(1)
    expect(page.url()).toMatch(/#\/\?verdict=fail&q=two$/)
    await page.reload()
    await soon(() => cells().count()).toBe(1)
    await soon(() => page.locator(".shown").innerText()).toMatch(/^1 of 7 cases/)
    await page.getByRole("searchbox").fill("nothing is like this")
    await page.getByRole("button", { name: "Show all 7" }).click()
    await soon(() => cells().count()).toBe(7)
  })

  describe("a case", () => {
    const trace = () => page.getByRole("listbox", { name: /^Trace of/ })
    beforeEach(() => open("small", failing))

    it("says what was owed, what was broken, and how to play it again", async () => {
      const said = await page.locator("main").innerText()
      for (const part of ["The client answers once.", "It must wait.", "It lives", "C create; S created", "no-crash"])
        expect(said).toContain(part)
      await soon(() => page.locator(".command code").innerText()).toBe(
        "npx rtspec run --subject 'fake@3' --scenario turn/three --seed 7",
      )
      await page.context().grantPermissions(["clipboard-read", "clipboard-write"])
      await page.getByRole("button", { name: "Copy command" }).click()
      await page.getByText("Copied").waitFor()
      await soon(() => page.evaluate("navigator.clipboard.readText()")).toContain("--scenario turn/three")
    })

    it("marks cause, offence, fault, waits and futures", async () => {
      await soon(() => trace().locator(".offence").getAttribute("aria-label")).toBe(
        "4000 ms, client to server, response.create client_2, offence",
      )
      await soon(() => trace().locator(".cause").count()).toBe(1)
      await soon(() => trace().locator(".fault").getAttribute("aria-label")).toContain("fault duplicate-event")
      await soon(() => trace().locator(".gap text").textContent()).toBe("+4,000")
      await soon(() => trace().locator(".span.resolved title").textContent()).toBe("reply of question: resolved")
      await soon(() => trace().locator(".span.never title").textContent()).toBe("stream f2: never settled")
    })

    it("shows an entry as data, by click and by keys", async () => {
      const shown = () => page.getByRole("complementary", { name: "Entry" })
      await soon(() => shown().innerText()).toContain('"event_id": "client_2"')
      await trace().focus()
      await page.keyboard.press("ArrowUp")
      await soon(() => trace().getAttribute("aria-activedescendant")).toBe("entry-7")
      await soon(() => shown().innerText()).toContain("(2,000 characters)")
      await page.keyboard.press("Home")
      await soon(() => shown().innerText()).toContain('"phase": "story"')
      await trace().getByRole("option", { name: "response.created" }).click()
      await soon(() => shown().innerText()).toContain('"id": "resp_first"')
    })

    it("zooms, and goes to the cause on request", async () => {
      const tall = async () => (await trace().locator("svg").boundingBox())?.height ?? 0
      const before = await tall()
      await page.getByRole("button", { name: "Smaller" }).click()
      await soon(tall).toBeLessThan(before)
      await trace().press("+")
      await soon(tall).toBe(before)
      await page.getByRole("button", { name: "Cause" }).click()
      await soon(() => trace().getAttribute("aria-activedescendant")).toBe("entry-4")
    })

    it("that is not there is told", async () => {
      await open("small", caseOf("nobody", "0", "turn/none"))
      await soon(() => page.locator("main").innerText()).toContain("This report has no case turn/none of nobody 0.")
    })
  })

  it("draws the machines, and lists what was not taken, with the reason", async () => {
    await open("small", "#/coverage")
    const graph = page.getByRole("img", {
      name: "3 states, 2 arrows, 1 of them never taken; the table below lists them",
    })
    await soon(() => graph.locator(".edge.none").count()).toBe(1)
    await soon(() => page.locator("tr.unreached").innerText()).toMatch(/no\s+b\s+c\s+y\s+no server does/)
  })

  it("runs nothing that a subject says, and shows it as it was said", async () => {
    for (const hash of views) {
      await open("hostile", hash)
      expect(await page.evaluate("globalThis.broken")).toBeUndefined()
    }
    for (const [at, text] of hostile.entries()) {
      await open("hostile", caseOf(text, `${at}`, `turn/${text}`))
      await page.getByRole("listbox").waitFor()
      const shown = String(await page.locator("h1").textContent())
      expect(shown.replace("\ud800", "\ufffd")).toBe(`turn/${text}`.replace("\ud800", "\ufffd"))
      expect(await page.evaluate("globalThis.broken")).toBeUndefined()
      await soon(() => page.locator("main img, main script").count()).toBe(0)
    }
    expect(wrong).toEqual([])
  })

  it("draws of 10,000 entries what is on the screen, wherever that is", async () => {
    await open("large", caseOf("client", "1.0", "room-0/scenario-0"))
    const drawn = page.locator("svg .row")
    await page.locator("svg .offence").waitFor()
    await soon(() => drawn.count()).toBeLessThan(120)
    await page.getByRole("listbox").press("End")
    await page.locator("#entry-9999").waitFor()
    await soon(() => drawn.count()).toBeLessThan(120)
    await page.locator(".overview").click({ position: { x: 20, y: 1 } })
    await page.locator("#entry-3").waitFor()
    await soon(() => page.locator("#entry-9999").count()).toBe(0)
  })

  it("filters 5,000 cases", async () => {
    await open("large", "#/")
    await soon(() => cells().count()).toBe(5_000)
    await page.getByRole("searchbox").fill("scenario-42")
    await soon(() => cells().count()).toBe(50)
  })

  describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
    it.each([360, 1024, 1680])("fits %i pixels, on every page", async (width) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 800 })
      for (const hash of [...views, failing]) {
        await open("small", hash)
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), hash).toBeLessThanOrEqual(0)
      }
    })

    it("can be read: every colour of text stands out from what it is on", async () => {
      await page.emulateMedia({ colorScheme })
      await open("small", "#/")
      const grounds = ["--paper", "--sheet", "--shade", "--accent-wash", "--fail-wash", "--unsure-wash"]
      for (const text of ["--ink", "--soft", "--accent", "--pass", "--fail", "--broken", "--unsure"])
        for (const ground of text === "--ink" || text === "--soft" ? grounds : ["--paper", "--sheet"])
          expect(contrast(await colorOf(text), await colorOf(ground)), `${text} on ${ground}`).toBeGreaterThanOrEqual(
            4.5,
          )
    })
  })

  it.each([360, 390, 760])("shows all three lifelines at %i pixels, without scrolling sideways", async (width) => {
    await page.setViewportSize({ width, height: 800 })
    await open("small", failing)
    const scroller = page.locator(".scroller")
    await scroller.locator("g.row").first().waitFor()
    const beyond =
      "(() => { const box = document.querySelector('.scroller'); return box.scrollWidth - box.clientWidth })()"
    await soon(() => page.evaluate(beyond)).toBe(0)
    const [words, box] = [page.locator(".row .words"), await scroller.boundingBox()]
    for (const each of await words.all()) {
      const { x = 0, width: long = 0 } = (await each.boundingBox()) ?? {}
      expect(x, await each.innerHTML()).toBeGreaterThanOrEqual(box?.x ?? 0)
      expect(x + long, await each.innerHTML()).toBeLessThanOrEqual((box?.x ?? 0) + (box?.width ?? 0))
    }
    expect(await words.count()).toBeGreaterThan(3)
  })

  it("changes its colours by hand, and remembers", async () => {
    await page.emulateMedia({ colorScheme: "light" })
    await open("small", "#/")
    const paper = () => page.evaluate("getComputedStyle(document.body).backgroundColor")
    const light = await paper()
    const toggle = page.getByRole("button", { name: /^Colours/ })
    await toggle.click()
    await soon(paper).toBe(light)
    await toggle.click()
    await soon(paper).not.toBe(light)
    await page.reload()
    await soon(paper).not.toBe(light)
  })

  it("keeps a link to a filter, whoever made it", async () => {
    const route: Route = { page: "matrix", filter: { ...noFilter, room: "cancel", ledger: "news" } }
    await open("small", hashOf(route))
    await soon(() => cells().count()).toBe(1)
  })

  /** Red, green, blue from 0 to 255. */
  async function colorOf(name: string): Promise<number[]> {
    const text = await page.evaluate(
      `(() => { const box = document.createElement("i"); box.style.color = "var(${name})"; document.body.append(box); const { color } = getComputedStyle(box); box.remove(); return color })()`,
    )
    return (String(text).match(/[\d.]+/g) ?? []).slice(0, 3).map(Number)
  }
})

/** By WCAG 2: 4.5 is enough for text. */
function contrast(one: readonly number[], other: readonly number[]): number {
  const light = (color: readonly number[]) => {
    const [red = 0, green = 0, blue = 0] = color.map((value) => {
      const part = value / 255
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    })
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [low = 0, high = 0] = [light(one), light(other)].sort((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}
