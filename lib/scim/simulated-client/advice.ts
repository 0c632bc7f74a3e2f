import type { Answer } from "./schema";

const isScim = ({ headers }: Answer): boolean =>
  /^application\/(?:scim\+)?json/.test(headers["content-type"] ?? "");

const PROXY = "the reverse proxy or firewall in front of Gatehouse";

/** What to do about a step that failed: what stands between is asked before Gatehouse is blamed. */
export function adviceFor(answer: Answer | null): string {
  if (!answer) {
    return "Nothing answered. Check that the address of the console is right and reaches Gatehouse from this machine.";
  }
  const { status, text } = answer;
  if (status === 401) {
    return `Let ${PROXY} pass the header Authorization on as it is. If it does, save the login method with Enable SCIM on, and enable it.`;
  }
  if (status === 413 && !isScim(answer)) {
    return `Let ${PROXY} take bodies of 16 MB at /scim/v2 (nginx: client_max_body_size 16m).`;
  }
  if (status === 429) return "Wait a moment and check again: too many requests came at once.";
  if (text !== "" && !isScim(answer)) {
    return `Gatehouse did not answer this: let ${PROXY} pass everything under /scim/v2, with the methods GET, POST, PUT, PATCH and DELETE, without a login page or an error page of its own.`;
  }
  if (status >= 500) return "Look up the request in Gatehouse's own log: it says what failed.";
  return "The provider would stop here. Copy this report and file it as a bug of Gatehouse.";
}
