import { type Origin, REPLACED_HEADERS } from "./parts";

/**
 * The Lua file that gives HAProxy a forward auth: it needs HAProxy's own HTTP client (2.5 and newer)
 * and nothing else. It asks with a GET and no body; 200 lets the request through, anything else
 * is the browser's answer, and whatever goes wrong is a 503. `name` is what the frontend calls it by.
 */
export function haproxyLua(name: string, gate: Origin, secrets: readonly string[]): string {
  const replaced = REPLACED_HEADERS.map((name) => `"${name.toLowerCase()}"`).join(", ");
  const remove = secrets.map((name) => `"${name.toLowerCase()}"`).join(", ");
  return `-- Asks Gatehouse about each request. Made by Gatehouse; see the frontend for how it is used.
local GATE = "${gate.origin}/forward-auth/haproxy"
-- The gate's answer has the client's cookies without the binding cookie, which is for the gate alone.
local REPLACED = { ${replaced} }
local SECRETS = { ${remove} }

-- Never passed on to the gate as the client sent them.
local OWN = {
  ["host"] = true, ["connection"] = true, ["keep-alive"] = true, ["upgrade"] = true, ["te"] = true,
  ["trailer"] = true, ["transfer-encoding"] = true, ["content-length"] = true, ["expect"] = true,
  ["accept-encoding"] = true, ["proxy-connection"] = true, ["x-original-url"] = true,
}
-- Not copied from the gate's answer: HAProxy frames what it sends.
local FRAMING = { ["connection"] = true, ["keep-alive"] = true, ["transfer-encoding"] = true, ["content-length"] = true }

-- HAProxy counts the values of a header from 0.
local function values(list)
  local all, index = {}, 0
  while list[index] ~= nil do
    all[#all + 1] = list[index]
    index = index + 1
  end
  return all
end

local function question(txn, host)
  local headers = {}
  for name, list in pairs(txn.http:req_get_headers()) do
    if not OWN[name] and name:sub(1, 12) ~= "x-forwarded-" then headers[name] = values(list) end
  end
  headers["x-forwarded-method"] = { txn.f:method() }
  headers["x-forwarded-proto"] = { txn.f:ssl_fc() == 1 and "https" or "http" }
  headers["x-forwarded-host"] = { host }
  headers["x-forwarded-uri"] = { txn.f:pathq() }
  headers["x-forwarded-for"] = { txn.f:src() }
  return headers
end

-- HAProxy says nothing when there is no room for a header.
local function set(txn, name, value)
  txn.http:req_del_header(name)
  if value == "" and name == "cookie" then return end
  txn.http:req_add_header(name, value)
  if txn.sf:req_fhdr(name) ~= value then error("no room for " .. name .. ": see tune.maxrewrite") end
end

-- Nil when the request may go on, else what to answer.
local function ask(txn, host)
  -- "-" stands for a host with a wildcard: what the frontend has let through already.
  if host == "-" then host = txn.sf:req_fhdr("host") end
  local client = core.httpclient()
  local answer = client:get({ url = GATE, headers = question(txn, host), timeout = 15000 })
  local status = answer and answer.status or 503
  if status == 200 then
    for _, name in ipairs(REPLACED) do
      local said = answer.headers[name]
      set(txn, name, said and said[0] or "")
    end
    for _, name in ipairs(SECRETS) do txn.http:req_del_header(name) end
    return nil
  end
  local reply = txn:reply({ status = status >= 200 and status or 503 })
  if answer and txn.f:method() ~= "HEAD" then reply:set_body(answer.body or "") end
  for name, list in pairs(answer and answer.headers or {}) do
    for _, value in ipairs(values(list)) do
      if not FRAMING[name] then reply:add_header(name, value) end
    end
  end
  return reply
end

core.register_action("${name}", { "http-req" }, function(txn, host)
  local ok, refusal = pcall(ask, txn, host)
  if not ok then
    core.Alert("gatehouse: " .. tostring(refusal))
    refusal = txn:reply({ status = 503 })
  end
  -- Outside of pcall, which would catch the way in which done() ends this function.
  if refusal then txn:done(refusal) end
  txn:set_var("txn.gatehouse", "allowed")
end, 1)
`;
}
