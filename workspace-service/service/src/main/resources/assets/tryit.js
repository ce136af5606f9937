// Asks an endpoint from its own page, in the name of whoever looks at it, and shows what comes back. The answer is text to us,
// never markup.

const form = document.getElementById("try")
const button = document.getElementById("try-button")
const answer = document.getElementById("try-answer")
const told = document.getElementById("try-told")

function pretty(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 1).replace(/\n\s+(?=[-\d.eE+]+,?(\n|$))/g, " ")
  } catch {
    return text
  }
}

async function ask() {
  const body = document.getElementById("try-inputs").value
  try {
    JSON.parse(body)
  } catch (problem) {
    told.textContent = `This is no JSON: ${problem.message}`
    answer.hidden = true
    return
  }
  button.disabled = true
  told.textContent = "Asking …"
  const begun = performance.now()
  try {
    const response = await fetch(form.dataset.try, { method: "POST", headers: { "Content-Type": "application/json" }, body })
    const text = await response.text()
    const version = response.headers.get("X-Model-Version")
    const took = Math.round(performance.now() - begun)
    told.textContent = `${response.ok ? "Answered" : `Refused with status ${response.status}`}${version ? ` by version ${version}` : ""} in ${took} ms.`
    answer.textContent = pretty(text)
    answer.hidden = false
  } catch {
    told.textContent = "Nothing came back. Is Benchtop running?"
    answer.hidden = true
  }
  button.disabled = false
}

form.hidden = false
form.addEventListener("submit", event => { event.preventDefault(); ask() })
