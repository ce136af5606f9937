-- wrk's script: logs metrics to runs in turn, as fast as it is answered; no point is the same as another.
-- Arguments: the file with token and runs, and how many metrics a request has.

local path, metrics, runs, headers, step = nil, 0, {}, {}, os.time() * 100000

function init(arguments)
  local file = io.open(arguments[1])
  local token = file:read()
  for run in file:lines() do runs[#runs + 1] = run end
  file:close()
  headers["Content-Type"] = "application/json"
  if token ~= "" then headers["Authorization"] = "Bearer " .. token end
  metrics = tonumber(arguments[2])
  path = wrk.path .. (metrics == 1 and "/log-metric" or "/log-batch")
end

local function metric(key)
  return string.format('"key":"%s","value":%.6f,"timestamp":%d,"step":%d', key, step % 1000 / 7, step, step)
end

function request()
  step = step + 1
  local run = runs[step % #runs + 1]
  if metrics == 1 then
    return wrk.format("POST", path, headers, '{"run_id":"' .. run .. '",' .. metric("loss") .. "}")
  end
  local all = {}
  for number = 1, metrics do all[number] = "{" .. metric("metric-" .. number) .. "}" end
  return wrk.format("POST", path, headers, '{"run_id":"' .. run .. '","metrics":[' .. table.concat(all, ",") .. "]}")
end

function done(summary, latency, _)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format('{"operations":%d,"seconds":%.3f,"failures":%d,"p99":%.2f}\n',
    summary.requests, summary.duration / 1e6, failed, latency:percentile(99) / 1e3))
end
