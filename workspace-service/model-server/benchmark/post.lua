-- wrk's script: posts a file. Arguments: the file and, where the body has raw tensors, how many bytes of it are JSON. BENCHTOP_TOKEN is sent where it is set.
function init(arguments)
  local file = io.open(arguments[1], "rb")
  wrk.method, wrk.body = "POST", file:read("*a")
  file:close()
  wrk.headers["Content-Type"] = arguments[2] and "application/octet-stream" or "application/json"
  local token = os.getenv("BENCHTOP_TOKEN")
  if token then wrk.headers["Authorization"] = "Bearer " .. token end
  if arguments[2] then wrk.headers["Inference-Header-Content-Length"] = arguments[2] end
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %d %d %d %d %d\n", summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.timeout + errors.status, latency:percentile(50), latency:percentile(99)))
end
