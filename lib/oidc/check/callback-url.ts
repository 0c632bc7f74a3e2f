import { networkFault } from "@/lib/outbound/network-fault";
import { authorizationUrl } from "../authorize";
import { oauthErrorCode } from "../callback";
import { ProtocolFailure } from "../failure";
import type { Prompt } from "../schema";
import type { StepNotes } from "../trace";
import { type CallbackAnswer, readCallbackAnswer } from "./callback-answer";
import { finding, problemIn } from "./finding";
import type { Probe } from "./probe";
import type { Check } from "./schema";

/** A step's notebook that nobody reads. */
const unread = (): StepNotes => ({
  summary: "",
  skipped: false,
  add: () => undefined,
  warn: () => undefined,
  failSoftly: () => undefined,
});

async function ask({ run, fetch }: Probe, prompt: Prompt | null): Promise<CallbackAnswer> {
  // With two secrets, each push would first find out which one works.
  const connection = { ...run.connection, prompt, previousClientSecret: null };
  const url = await authorizationUrl({ ...run, connection }, unread());
  const response = await fetch(url, { headers: { accept: "text/html" } });
  return readCallbackAnswer(response, url, run.attempt.redirectUri);
}

type Told = Pick<Check, "status" | "title" | "found"> & Partial<Pick<Check, "field" | "remedies">>;

/** `login_required` and its sisters: the answer of OpenID Connect Core §3.1.2.6 to `prompt=none`. */
function cameBack(
  { run }: Probe,
  { error, description }: Extract<CallbackAnswer, { kind: "back" }>,
): Told {
  const title = "App ID and Callback URL are registered";
  const proof = `The provider sent the answer to ${run.attempt.redirectUri}, which it may only do to a registered address`;
  const code =
    error === null ? "login_required" : oauthErrorCode(error, description, "callback_error");
  if (code === "login_required") return { status: "ok", title, found: `${proof}.` };
  const said = run.redactor.text([error, description].filter(Boolean).join(": ")).slice(0, 300);
  const refusal = {
    status: "warning" as const,
    found: `${proof}, but it refused the request: ${said}.`,
  };
  if (code === "pkce_required") {
    const remedies = [{ label: "Turn on PKCE", set: { pkce_enabled: true } }];
    return { ...refusal, title: "Your provider requires PKCE", field: "pkce_enabled", remedies };
  }
  if (code === "invalid_scope") {
    return { ...refusal, title: "A scope is not allowed", field: "scopes" };
  }
  return { ...refusal, title: "Your provider refuses the request" };
}

const REFUSED: Record<
  Extract<CallbackAnswer, { kind: "refused" }>["about"],
  (redirectUri: string) => Told
> = {
  redirect_uri: (redirectUri) => ({
    status: "failed",
    title: "The Callback URL is probably not registered",
    found: `The provider shows an error page about the redirect URI. Register ${redirectUri} there, letter for letter.`,
  }),
  client: () => ({
    status: "failed",
    title: "Your provider does not know this App ID",
    found:
      "It shows an error page about the app. Compare the App ID letter for letter, and check that the app is active.",
    field: "client_id",
  }),
  something: (redirectUri) => ({
    status: "warning",
    title: "Your provider shows an error page",
    found: `It does not say why. Open a test to read the page; often the App ID, or ${redirectUri} as redirect URI, is not registered.`,
  }),
};

function tell(probe: Probe, answer: CallbackAnswer): Told {
  switch (answer.kind) {
    case "back":
      return cameBack(probe, answer);
    case "refused":
      return REFUSED[answer.about](probe.run.attempt.redirectUri);
    case "sign_in":
      return {
        status: "unknown",
        title: "No objection to the Callback URL",
        found:
          "The provider goes on to a sign-in page. Some look at the Callback URL only afterwards, so this is no proof.",
      };
    case "unclear":
      return {
        status: "unknown",
        title: "Your provider does not reveal whether the Callback URL is registered",
        found: `It answered ${answer.status}, which tells nothing.`,
      };
  }
}

const isConclusive = ({ kind }: CallbackAnswer): boolean => kind === "back" || kind === "refused";

/**
 * Whether the provider knows the App ID and the Callback URL, as far as it tells without a browser:
 * first with `prompt=none`, which a registered address gets back at once, then as people ask.
 */
export async function checkCallbackUrl(probe: Probe): Promise<Check> {
  const { authUrl, prompt, parUrl } = probe.run.connection;
  const about = { id: "callback_url" };
  const pushed = parUrl ? `Pushed the request to ${parUrl}, then asked` : "Asked";
  const first = `${pushed} ${authUrl} for a sign-in with prompt=none, as nobody's browser`;
  try {
    const silent = await ask(probe, "none");
    if (isConclusive(silent))
      return finding({ ...about, did: `${first}.`, ...tell(probe, silent) });
    const plain = await ask(probe, prompt);
    return finding({ ...about, did: `${first}, then without it.`, ...tell(probe, plain) });
  } catch (error) {
    const { title, words } = problemIn(error, "authorize", "The Auth URL could not be looked at");
    if (error instanceof ProtocolFailure) {
      const field = parUrl ? "par_url" : "auth_url";
      return finding({ ...about, status: "failed", title, did: `${first}.`, found: words, field });
    }
    const unreachable = networkFault(error) !== null;
    return finding({
      ...about,
      status: unreachable ? "unknown" : "warning",
      title,
      did: `${first}.`,
      found: unreachable
        ? `${words} Only browsers have to reach it, so this may be as it should be.`
        : words,
      field: "auth_url",
    });
  }
}
