import * as o from "oauth4webapi";
import { parseJsonObject, textOf } from "./parse-json";

/**
 * Binds the tokens of one round trip to a key (RFC 9449). The key is made when the first proof is
 * needed and forgotten with the round trip: the browser comes back to another request, perhaps to
 * another process, so a key announced beforehand (`dpop_jkt`, §10) would have to be stored. What
 * that would add, that nobody else can redeem the code, PKCE does already.
 */
export interface Binding {
  /** Sends a request with a proof, and once more where the server wants a nonce of its own in it (§8, §9). */
  send(request: (proof: o.DPoPRequestOptions) => Promise<Response>): Promise<Response>;
  /** The provider issued an unbound token: no proof goes with it. */
  giveUp(): void;
}

/** Whether a server refused a proof only for want of its nonce. */
async function wantsNonce(response: Response): Promise<boolean> {
  if (response.status !== 400 && response.status !== 401) return false;
  if (!response.headers.has("dpop-nonce")) return false;
  if (/\berror="?use_dpop_nonce\b/.test(response.headers.get("www-authenticate") ?? ""))
    return true;
  const json = parseJsonObject(await response.clone().text());
  return json !== null && textOf(json, "error") === "use_dpop_nonce";
}

const makeHandle = async (client: o.Client): Promise<o.DPoPHandle> =>
  o.DPoP(client, await o.generateKeyPair("ES256"));

export function createBinding(client: o.Client): Binding {
  let made: Promise<o.DPoPHandle> | undefined;
  let isBound = true;
  return {
    giveUp() {
      isBound = false;
    },
    async send(request) {
      if (!isBound) return request({});
      made ??= makeHandle(client);
      const proof = { DPoP: await made };
      const response = await request(proof);
      return (await wantsNonce(response)) ? request(proof) : response;
    },
  };
}

/** For a connection whose tokens are not bound. */
export const unbound: Binding = {
  send: (request) => request({}),
  giveUp: () => undefined,
};
