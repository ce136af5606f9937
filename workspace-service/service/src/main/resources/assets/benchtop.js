// What the pages gain with script: the theme button, dialogs, copying, live logs and spoken changes. Each piece finds its
// elements by a data- attribute and leaves a page without them alone; without this file every page still works.

function theme(button) {
  button.hidden = false
  button.addEventListener("click", () => {
    const root = document.documentElement
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches
    root.dataset.theme = dark ? "light" : "dark"
    document.cookie = `benchtop-theme=${root.dataset.theme}; Path=/; Max-Age=31536000; SameSite=Lax`
  })
}

function copy(button) {
  button.hidden = false
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy)
    // Lines to paste stand in a pre, which is no field.
    if (field.select) field.select()
    else getSelection().selectAllChildren(field)
    // Without TLS browsers offer the clipboard on this machine only; the old way works everywhere.
    if (navigator.clipboard) await navigator.clipboard.writeText(field.value ?? field.textContent)
    else document.execCommand("copy")
    button.textContent = "Copied"
    say("Copied")
  })
}

// A link to a page that only asks something opens that page's form in a dialog; Escape closes it and focus returns.
async function ask(link) {
  const response = await fetch(link.href)
  const asked = response.ok && new DOMParser().parseFromString(await response.text(), "text/html").querySelector("main")
  if (!asked) return location.assign(link.href)
  const dialog = document.createElement("dialog")
  asked.querySelector("h1").id = "dialog-title"
  dialog.setAttribute("aria-labelledby", "dialog-title")
  dialog.append(...asked.childNodes)
  dialog.addEventListener("close", () => { dialog.remove(); link.focus() })
  dialog.addEventListener("click", event => {
    if (event.target === dialog || event.target.closest("[data-close]")) { event.preventDefault(); dialog.close() }
  })
  document.body.append(dialog)
  dialog.showModal()
}

// Log lines and changes of state of one workspace, as they happen.
function watch(element) {
  const log = document.getElementById(element.dataset.log)
  const events = new EventSource(element.dataset.watch)
  events.addEventListener("state", () => element.dispatchEvent(new CustomEvent("workspace-changed", { bubbles: true })))
  events.addEventListener("log", event => {
    const followed = log.scrollHeight - log.scrollTop - log.clientHeight < 40
    log.append(JSON.parse(event.data).line + "\n")
    while (log.childNodes.length > 5000) log.firstChild.remove()
    if (followed) log.scrollTop = log.scrollHeight
  })
  addEventListener("pagehide", () => events.close())
}

// The end of a log that others write, asked for again and again.
function tail(log) {
  setInterval(async () => {
    if (document.hidden) return
    const response = await fetch(log.dataset.tail)
    const text = response.ok ? await response.text() : log.textContent
    if (text === log.textContent) return
    const followed = log.scrollHeight - log.scrollTop - log.clientHeight < 40
    log.textContent = text
    if (followed) log.scrollTop = log.scrollHeight
  }, 2000)
}

// Runs to compare: no more can be ticked than are compared, and the button tells how many are.
function ticking(form) {
  const boxes = [...form.querySelectorAll("input[type=checkbox]")]
  const button = form.querySelector("button")
  const count = () => {
    const ticked = boxes.filter(box => box.checked).length
    for (const box of boxes) box.disabled = !box.checked && ticked >= Number(form.dataset.ticking)
    button.textContent = ticked ? `Compare ${ticked}` : "Compare"
  }
  form.addEventListener("change", count)
  // Whoever comes back finds the ticks of before, set after this ran.
  addEventListener("pageshow", count)
}

function say(text) {
  document.getElementById("announcer").textContent = text
}

// Tells a screen reader which workspace changed, once per change.
const spoken = new Map()
function states(root) {
  for (const element of root.querySelectorAll("[data-state][data-name]")) {
    const { name, state, sentence } = element.dataset
    if (spoken.has(name) && spoken.get(name) !== state) say(sentence)
    spoken.set(name, state)
  }
}

function enliven(root) {
  root.querySelectorAll("[data-theme-button]").forEach(theme)
  root.querySelectorAll("[data-copy]").forEach(copy)
  root.querySelectorAll("[data-submit-now]").forEach(form => form.requestSubmit())
  root.querySelectorAll("pre.log").forEach(log => { log.scrollTop = log.scrollHeight })
  root.querySelectorAll("[data-watch]").forEach(watch)
  root.querySelectorAll("[data-tail]").forEach(tail)
  root.querySelectorAll("[data-ticking]").forEach(ticking)
  states(root)
}

// MLflow's client tells people to look at /mlflow/#/experiments/<id>/runs/<id>.
const told = location.hash.match(/^#(\/experiments\/\w+(\/runs\/\w+)?)$/)
if (told) location.replace(told[1])

document.addEventListener("click", event => {
  const link = event.target.closest("a[data-dialog]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  ask(link)
})

// A button that was pressed may be gone from the fresh list; the keyboard then goes on at its row.
let pressedRow = null
document.addEventListener("htmx:beforeRequest", event => {
  if (event.target.matches("form")) pressedRow = event.target.closest("[data-workspace]").id
})
document.addEventListener("htmx:afterSettle", () => {
  if (pressedRow && document.activeElement === document.body) document.getElementById(pressedRow)?.querySelector("a").focus()
  pressedRow = null
  states(document)
  const busy = document.activeElement.matches("input, select") || document.querySelector("dialog[open]")
  if (document.querySelector("[data-arrived]") && !busy) location.reload()
})

// Whether the service answers at all; while it is being restarted, the pages just try again.
const answers = works => { document.getElementById("offline").hidden = works }
document.addEventListener("htmx:sendError", () => answers(false))
document.addEventListener("htmx:afterRequest", event => {
  if (event.detail.xhr.status > 0) answers(event.detail.xhr.status < 500)
  if (event.detail.xhr.status === 404 && event.detail.elt.id === "facts") location.assign("/")
  if (event.detail.xhr.status === 404 && event.detail.elt.id === "live") location.assign("/endpoints")
})
enliven(document)
