import type { GateAnswer } from "./question";

const PLAIN = /^[ -~]*$/;
const CONTROL = /\p{Cc}/u;

/** What a header can hold: UTF-8 as bytes, which is how node:http writes it. */
function headerText(text: string): string {
  if (PLAIN.test(text)) return text;
  return CONTROL.test(text) ? "" : Buffer.from(text, "utf8").toString("latin1");
}

/**
 * Lets a request through. Both headers are always there, empty where nobody is known, so that a
 * client's own values never reach the application (reference: peers.md §5, class 3).
 */
export const allow = (assertion: string, email: string): GateAnswer => ({
  allowed: true,
  status: 200,
  headers: {
    "cf-access-jwt-assertion": assertion,
    "cf-access-authenticated-user-email": headerText(email),
  },
});
