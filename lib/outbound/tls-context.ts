import { readFileSync } from "node:fs";
import { createSecureContext, type SecureContext } from "node:tls";
import type { ClientTls } from "@/lib/oidc/schema";
import { certificateTexts } from "./certificates";
import { FaultError } from "./network-fault";

const contexts = new WeakMap<ClientTls, SecureContext>();

let extra: string[] | undefined;

/** Node 20 forgets the authorities of NODE_EXTRA_CA_CERTS once a context gets some of its own. */
function extraAuthorities(): string[] {
  try {
    const file = process.env.NODE_EXTRA_CA_CERTS ?? "";
    extra ??= certificateTexts(readFileSync(/* turbopackIgnore: true */ file, "utf8"));
  } catch {
    // Node itself warns of a file that it cannot read.
    extra = [];
  }
  return extra;
}

function makeContext({ ca, cert, key }: ClientTls): SecureContext {
  try {
    const context = createSecureContext(cert && key ? { cert, key } : {});
    const own = certificateTexts(ca ?? "");
    if (own.length === 0) return context;
    // The option `ca` would take the place of the system's authorities and of NODE_EXTRA_CA_CERTS,
    // and reading those again takes 50 ms. Node's own code adds authorities by this very call.
    for (const authority of [...extraAuthorities(), ...own]) {
      context.context.addCACert(authority);
    }
    return context;
  } catch {
    // What OpenSSL says of a key goes no further.
    throw new FaultError("tls_settings");
  }
}

/**
 * What TLS to one provider needs: its authorities are added to the system's, never put in their
 * place, and its client certificate is shown to a server that asks. Made once for each `tls` object.
 * Throws FaultError `tls_settings` for PEM that cannot be used.
 */
export function secureContextFor(tls: ClientTls): SecureContext {
  const context = contexts.get(tls) ?? makeContext(tls);
  contexts.set(tls, context);
  return context;
}
