-- One request per route in turn, so that no proxy lives off the last route it looked up.
local requests = {}
local turn = 0

function init(arguments)
  for number = 0, tonumber(arguments[2]) - 1 do
    requests[number + 1] = wrk.format("GET", "/user/bench/" .. arguments[1] .. number .. "/api/status")
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency, _)
  local errors = summary.errors
  io.write(string.format('\n{"operations":%d,"seconds":%.3f,"p50":%.3f,"p99":%.3f,"failures":%d}\n',
    summary.requests, summary.duration / 1e6, latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
