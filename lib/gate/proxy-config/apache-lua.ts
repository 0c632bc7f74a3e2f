import { ACCESS_PREFIX, AUTHORITIES, type Host, type Origin } from "./parts";

/** A pattern of Lua, where `%` escapes. */
const hostPattern = ({ authority }: Host): string =>
  `^${authority.replaceAll(/[.-]/g, "%$&").replaceAll("*", "[a-z0-9%-]+")}$`;

/** LuaSec checks who signed a certificate, not whose it is (its 1.3 and older have no way to). */
const tls = ({ hostname }: Origin): string => `
local https = require("ssl.https")
https.TIMEOUT = 15
local create = https.tcp({ verify = "peer", cafile = "${AUTHORITIES}" })

local function isGates(certificate)
  local names = certificate:extensions()["2.5.29.17"] or {}
  for _, list in ipairs({ names.dNSName or {}, names.iPAddress or {} }) do
    for _, name in ipairs(list) do
      name = name:lower()
      if name == "${hostname}" or name == "*${hostname.replace(/^[^.]*/, "")}" then return true end
    end
  end
  return false
end

local function connection()
  local conn = create()
  local connect = conn.connect
  function conn:connect(host, port)
    connect(self, host, port)
    if not isGates(self.sock:getpeercertificate()) then error("the certificate is not that of ${hostname}") end
    return 1
  end
  return conn
end
`;

/** What the gate reads of the client's own headers. */
const PASSED = [
  ...["Accept", "Cookie", "Origin", "User-Agent", "Upgrade", "X-Requested-With"],
  ...["Sec-Fetch-Mode", "Sec-Fetch-Dest", "Cf-Access-Token"],
  ...["Access-Control-Request-Method", "Access-Control-Request-Headers"],
  ...["Cf-Access-Client-Id", "Cf-Access-Client-Secret"],
];

/**
 * The Lua file that gives Apache a forward auth: mod_lua and LuaSocket (Debian: lua-socket). It asks
 * with a GET and no body; 200 lets the request through, anything else is the browser's answer, and
 * whatever goes wrong is a 503.
 */
export function apacheLua(
  gate: Origin,
  secrets: readonly string[],
  sites: readonly Host[],
  countryHeader: string | null,
): string {
  const passed = [...PASSED, ...(countryHeader ? [countryHeader] : [])];
  const hosts = sites.map((site) => `"${hostPattern(site)}"`).join(", ");
  const remove = secrets.map((name) => `"${name}"`).join(", ");
  return `-- Asks Gatehouse about each request. Made by Gatehouse; see the virtual host for how it is used.
local http = require("socket.http")
local ltn12 = require("ltn12")
http.TIMEOUT = 15
${gate.scheme === "https" ? tls(gate) : ""}
local GATE = "${gate.origin}/forward-auth/apache"
local IDENTITY = { "Cf-Access-Jwt-Assertion", "Cf-Access-Authenticated-User-Email" }
local SECRETS = { ${remove} }
-- Apache puts hosts that it does not know into the first virtual host; these are not this application's.
local HOSTS = { ${hosts} }
-- Where ProxyPass sends the data plane's own paths.
local ACCESS = "proxy:${gate.origin}${ACCESS_PREFIX}"

-- What the gate reads of the client's own headers.
local PASSED = { ${passed.map((name) => `"${name}"`).join(", ")} }
-- Not copied from the gate's answer: Apache frames what it sends.
local FRAMING = { ["connection"] = true, ["keep-alive"] = true, ["transfer-encoding"] = true, ["content-length"] = true, ["date"] = true, ["content-type"] = true }

local function hostOf(r)
  local host = (r.headers_in["Host"] or ""):lower()
  for _, pattern in ipairs(HOSTS) do
    if host:find(pattern) then return host end
  end
end

local function question(r, host)
  local headers = { ["Connection"] = "close" }
  for _, name in ipairs(PASSED) do headers[name] = r.headers_in[name] end
  for _, name in ipairs(SECRETS) do headers[name] = r.headers_in[name] end
  headers["X-Forwarded-Method"] = r.method
  headers["X-Forwarded-Proto"] = r.is_https and "https" or "http"
  headers["X-Forwarded-Host"] = host
  headers["X-Forwarded-Uri"] = r.unparsed_uri
  headers["X-Forwarded-For"] = r.useragent_ip
  return headers
end

local function asked(r, host)
  local body = {}
  local ok, status, headers = http.request({
    url = GATE, method = "GET", redirect = false, headers = question(r, host), sink = ltn12.sink.table(body),${gate.scheme === "https" ? "\n    create = connection," : ""}
  })
  if not ok then error(status, 0) end
  return status, headers, table.concat(body)
end

function gatehouse(r)
  local host = hostOf(r)
  if not host then return 421 end
  -- By where the request goes, never by how its path is spelled.
  if r.filename:sub(1, #ACCESS) == ACCESS then return apache2.OK end
  local fine, status, headers, body = pcall(asked, r, host)
  if not fine then
    r:err("gatehouse: " .. tostring(status))
    status, headers, body = 503, {}, ""
  end
  if status == 200 then
    for _, name in ipairs(IDENTITY) do r.headers_in[name] = headers[name:lower()] or "" end
    for _, name in ipairs(SECRETS) do r.headers_in[name] = nil end
    -- Without the binding cookie, which is for the gate alone.
    local cookie = headers["cookie"] or ""
    r.headers_in["Cookie"] = cookie ~= "" and cookie or nil
    return apache2.OK
  end
  for name, value in pairs(headers) do
    if not FRAMING[name] then r.err_headers_out[name] = value end
  end
  r.status = status >= 200 and status or 503
  r.content_type = headers["content-type"] or "text/plain; charset=utf-8"
  if r.method ~= "HEAD" then r:puts(body) end
  return apache2.DONE
end
`;
}
