// Hands files over that become a version of a dataset: pieces of each file, one after the other, so that a file of any size
// needs the memory of a piece only. What a broken connection left is asked for, and gone on from there.

const PIECE = 8 * 1024 * 1024
const AT_ONCE = 3
const MOST_LISTED = 200
// A piece that takes longer is taken for lost: a connection can be gone without a word.
const PATIENCE = 5 * 60 * 1000
const LONGEST_WAIT = 30_000
const MOST_FAILURES = 8
// What may be better in a while; whatever else is refused is refused for a reason that stays.
const PASSING = new Set([429, 500, 502, 503, 504])

const form = document.getElementById("upload")
const part = id => document.getElementById(id)
const chosen = new Map()
let cancelling = null

const UNITS = ["bytes", "KiB", "MiB", "GiB", "TiB"]
function size(bytes) {
  let unit = 0
  for (; bytes >= 1024 && unit < UNITS.length - 1; unit++) bytes /= 1024
  return `${unit && bytes < 9.95 ? bytes.toFixed(1) : Math.round(bytes)} ${UNITS[unit]}`
}

function problem(text) {
  const place = part("upload-problem")
  place.hidden = !text
  place.firstElementChild.textContent = text ?? ""
  if (text) place.scrollIntoView({ block: "nearest" })
}

const total = () => [...chosen.values()].reduce((sum, file) => sum + file.size, 0)

// The files that were chosen so far, each with a button that takes it out again.
function list() {
  const rows = [...chosen].slice(0, MOST_LISTED).map(([path, file]) => {
    const row = document.createElement("tr")
    const remove = document.createElement("button")
    remove.type = "button"
    remove.className = "button plain"
    remove.textContent = "Take out"
    remove.setAttribute("aria-label", `Take ${path} out`)
    remove.addEventListener("click", () => {
      const next = row.nextElementSibling ?? row.previousElementSibling
      chosen.delete(path)
      const place = [...row.parentNode.children].indexOf(next)
      list()
      const buttons = part("chosen").querySelectorAll("button")
      ;(buttons[Math.min(Math.max(place - 1, 0), buttons.length - 1)] ?? part("files")).focus()
    })
    row.append(document.createElement("td"), document.createElement("td"), document.createElement("td"))
    const name = document.createElement("bdi")
    name.textContent = path
    row.children[0].append(name)
    row.children[1].className = "number nowrap size"
    row.children[1].textContent = size(file.size)
    row.children[2].className = "size"
    row.children[2].append(remove)
    return row
  })
  part("chosen").hidden = !chosen.size
  part("chosen").tBodies[0].replaceChildren(...rows)
  const more = chosen.size > MOST_LISTED ? `, of which the first ${MOST_LISTED} are listed` : ""
  part("total").textContent = chosen.size ? `${chosen.size} ${chosen.size === 1 ? "file" : "files"}, ${size(total())}${more}` : ""
  part("upload-button").disabled = !chosen.size
}

// A folder itself is not part of the names in it, except where its name says a column.
function add(path, file) {
  const names = path.split("/").filter(name => name)
  if (names.length > 1 && !names[0].includes("=")) names.shift()
  if (!names.at(-1).startsWith(".")) chosen.set(names.join("/"), file)
}

function choose(input) {
  for (const file of input.files) add(file.webkitRelativePath || file.name, file)
  input.value = ""
  problem(null)
  list()
}

// Browsers tell the entries of a folder in portions, until there is none.
async function dropped(entry) {
  if (entry.isFile) return add(entry.fullPath, await new Promise((good, bad) => entry.file(good, bad)))
  const reader = entry.createReader()
  for (;;) {
    const portion = await new Promise((good, bad) => reader.readEntries(good, bad))
    if (!portion.length) return
    for (const each of portion) await dropped(each)
  }
}

async function drop(event) {
  event.preventDefault()
  part("drop").classList.remove("over")
  if (cancelling) return
  const entries = [...event.dataTransfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry)
  try {
    for (const entry of entries) await dropped(entry)
    problem(null)
  } catch {
    problem("The browser could not read what was dropped. Choose the files instead.")
  }
  list()
}

class Refused extends Error {}

const sleep = (time, signal) =>
  new Promise((good, bad) => {
    const timer = setTimeout(good, time)
    signal.addEventListener("abort", () => { clearTimeout(timer); bad(signal.reason) }, { once: true })
  })

// One request. Null if it did not get through or may do so later; what is refused for good is thrown.
async function once(method, path, body, signal) {
  let response
  try {
    response = await fetch(form.dataset.upload + path, {
      method,
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
      headers: {
        "X-CSRF-Token": form.dataset.csrf,
        Accept: "application/json",
        ...(typeof body === "string" ? { "Content-Type": "application/json" } : body ? { "Content-Type": "application/octet-stream" } : {}),
      },
    })
  } catch (broken) {
    signal.throwIfAborted()
    // A file that was changed or taken away meanwhile fails like a connection; reading it tells them apart.
    if (body instanceof Blob) await body.slice(0, 1).arrayBuffer().catch(() => { throw new Refused("The browser cannot read a file any more: it was changed, moved or deleted meanwhile. Choose it again.") })
    return { status: 0, wait: 0 }
  }
  const told = await response.json().catch(() => ({}))
  if (response.ok) return { status: response.status, told }
  if (response.status === 409 && told.code === "wrong_offset") return { status: 409, told }
  if (response.status === 401) throw new Refused("You are not signed in any more. Sign in again and upload once more.")
  if (!PASSING.has(response.status)) throw new Refused(told.detail ?? `Benchtop refused it with status ${response.status}.`)
  return { status: response.status, told, wait: 1000 * Number(response.headers.get("Retry-After") ?? 0) }
}

// Until it gets through. Nothing lost on the way is an end; a service that answers with errors is given up after some time.
async function patiently(ask, signal, after = () => {}) {
  let failures = 0
  for (let wait = 1000; ; wait = Math.min(wait * 2, LONGEST_WAIT)) {
    const answer = await ask()
    if (answer.status && !PASSING.has(answer.status)) {
      if (wait > 1000) part("told").textContent = "Uploading"
      return answer
    }
    if (answer.status && ++failures >= MOST_FAILURES) throw new Refused(answer.told.detail ?? `Benchtop answers with status ${answer.status} again and again. Try later.`)
    const seconds = Math.round(Math.max(wait, answer.wait) / 1000)
    part("told").textContent = `${answer.status ? "Benchtop cannot take it just now" : "The connection is broken"}. The next try is in ${seconds} s; nothing is lost.`
    await sleep(seconds * 1000, signal)
    await after()
  }
}

class Sending {
  constructor(files, signal) {
    this.files = files
    this.signal = signal
    this.sent = new Map()
    this.began = performance.now()
    this.all = files.reduce((sum, [, file]) => sum + file.size, 0)
    this.spoken = 0
  }

  ask(method, path, body) {
    return patiently(() => once(method, path, body, this.signal), this.signal)
  }

  async begin() {
    const { told } = await this.ask("POST", "", JSON.stringify({ note: part("note").value }))
    this.id = told.id
  }

  // How much of a file is there, after nobody knows how much of a piece arrived.
  async there(path) {
    const { told } = await this.ask("GET", `/${this.id}`)
    return told.files.find(file => file.path === path)?.size ?? 0
  }

  async send(path, file) {
    const address = `/${this.id}/files/${path.split("/").map(encodeURIComponent).join("/")}`
    let offset = 0
    do {
      const answer = await patiently(
        () => once("PUT", `${address}?offset=${offset}`, file.slice(offset, offset + PIECE), this.signal),
        this.signal,
        async () => { offset = await this.there(path) },
      )
      const size = answer.status === 409 ? await this.there(path) : answer.told.size
      if (size > file.size) throw new Refused(`"${path}" is larger than it was when the upload began. Choose it again.`)
      offset = size
      this.sent.set(path, offset)
      this.show(path)
    } while (offset < file.size)
  }

  show(path) {
    const sum = [...this.sent.values()].reduce((one, other) => one + other, 0)
    const percent = this.all ? Math.floor((100 * sum) / this.all) : 100
    const pace = sum / ((performance.now() - this.began) / 1000)
    part("progress").value = percent
    part("pace").textContent = `${size(sum)} of ${size(this.all)}, ${size(pace)} in a second · ${path}`
    if (percent >= this.spoken + 25) {
      this.spoken = percent
      part("announcer").textContent = `${percent} percent uploaded`
    }
  }

  // Some files at a time: many small ones would else wait for each other's answers.
  async sendAll() {
    const waiting = [...this.files]
    const worker = async () => {
      for (let next; (next = waiting.shift()); ) await this.send(...next)
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
  }

  async commit() {
    part("told").textContent = "All is uploaded. Benchtop reads it and makes the version; for large files this takes minutes."
    part("progress").removeAttribute("value")
    part("pace").textContent = ""
    await this.ask("POST", `/${this.id}:commit`, "{}")
  }

  // What was uploaded of a version that will not be is thrown away; if this does not get through, a sweep does it.
  abandon() {
    if (this.id) once("DELETE", `/${this.id}`, undefined, new AbortController().signal).catch(() => {})
  }
}

function busy(is) {
  part("choosing").disabled = is
  part("choosing").hidden = is
  part("sending").hidden = !is
  part("upload-button").hidden = is
  part("upload-back").hidden = is
  part("upload-cancel").hidden = !is
  part("told").textContent = "Uploading"
  part("progress").value = 0
  part("pace").textContent = ""
}

async function upload() {
  problem(null)
  busy(true)
  part("upload-cancel").focus()
  cancelling = new AbortController()
  const sending = new Sending([...chosen], cancelling.signal)
  try {
    await sending.begin()
    await sending.sendAll()
    await sending.commit()
    cancelling = null
    location.assign(form.dataset.done)
  } catch (failed) {
    const cancelled = cancelling.signal.aborted
    cancelling.abort()
    cancelling = null
    sending.abandon()
    busy(false)
    list()
    part("upload-button").focus()
    if (!cancelled) problem(failed instanceof Refused ? failed.message : `The upload failed: ${failed.message}`)
    else part("announcer").textContent = "Cancelled"
  }
}

part("files").addEventListener("change", event => choose(event.target))
part("folder").addEventListener("change", event => choose(event.target))
part("upload-cancel").addEventListener("click", () => cancelling?.abort())
form.addEventListener("submit", event => {
  event.preventDefault()
  if (chosen.size && !cancelling) upload()
})
// Beside the frame, too: a file that misses it would be opened instead of this page.
document.addEventListener("dragover", event => {
  event.preventDefault()
  part("drop").classList.toggle("over", event.target.closest?.("#drop") !== null)
})
document.addEventListener("drop", drop)
addEventListener("beforeunload", event => {
  if (cancelling) event.preventDefault()
})
