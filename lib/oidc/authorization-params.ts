const MOST_PARAMETERS = 50;
const LONGEST = 1000;
const MOST_CHARACTERS = 4000;

const OWN = "Gatehouse makes a new one for every sign-in";
const CODE = "Gatehouse always asks for a code in the query";
const SECRET = "it must never be in an address that a browser sees";

/**
 * Parameters of the authorization request that have a field of their own or are none of an admin's:
 * what to do instead, as the end of a sentence.
 */
const RESERVED: Record<string, string> = {
  response_type: CODE,
  response_mode: CODE,
  client_id: "use the field App ID",
  redirect_uri: "it is always the Callback URL",
  scope: "use the field Scopes",
  state: OWN,
  nonce: OWN,
  code_challenge: "use the switch Proof Key for Code Exchange (PKCE)",
  code_challenge_method: "use the switch Proof Key for Code Exchange (PKCE)",
  request: "use the field Pushed authorization request URL to protect the request",
  request_uri: "use the field Pushed authorization request URL",
  prompt: "use the field Prompt",
  max_age: "use the field Maximum age of the sign-in",
  dpop_jkt: "use the switch Bind tokens to this server (DPoP)",
  client_secret: SECRET,
  client_assertion: SECRET,
  client_assertion_type: SECRET,
  code_verifier: SECRET,
  code: OWN,
};

/** Whether an authorization parameter is Gatehouse's own to set. */
export const isReservedParameter = (name: string): boolean =>
  Object.hasOwn(RESERVED, name.toLowerCase()) || name.toLowerCase().startsWith("code_challenge");

function split(line: string): [name: string, value: string] {
  const at = line.indexOf("=");
  return at < 0 ? [line, ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
}

function lineProblem(line: string): string | null {
  const [name, value] = split(line);
  if (!line.includes("=") || name === "" || value === "") {
    return `Enter a name and a value, such as acr_values=urn:x, in place of ${line || "the empty one"}`;
  }
  if (line.length > LONGEST) return `Use at most ${LONGEST} characters for ${name.slice(0, 64)}`;
  if (!/^[A-Za-z0-9_.~:[\]-]{1,64}$/.test(name)) {
    return `${name.slice(0, 64)} is not the name of a parameter`;
  }
  if (!isReservedParameter(name)) return null;
  const instead = RESERVED[name.toLowerCase()] ?? "Gatehouse sets it";
  return `${name} cannot be set here: ${instead}`;
}

/** What is wrong with a list of `name=value`, or null. */
export function parametersProblem(lines: readonly string[]): string | null {
  if (lines.length > MOST_PARAMETERS) return `Use at most ${MOST_PARAMETERS} parameters`;
  if (lines.join("").length > MOST_CHARACTERS) {
    return `Use at most ${MOST_CHARACTERS.toLocaleString("en")} characters together`;
  }
  const wrong = lines.map(lineProblem).find((problem) => problem !== null);
  if (wrong) return wrong;
  const names = lines.map((line) => split(line)[0]);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? null : `${twice} is there more than once. Enter it once`;
}

/** The parameters by name. */
export const parametersOf = (lines: readonly string[]): Record<string, string> =>
  Object.fromEntries(lines.map(split));
