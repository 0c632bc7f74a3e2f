import { type Context, Hono } from "hono";
import { knownSnapshot, notReady, publicDocument, readOnly } from "./certs";
import { isHostOf, requestHost } from "./request-host";

/**
 * Where verifiers that know OpenID Connect Discovery find the token keys: nothing but issuer and keys,
 * for nobody can sign in to Gatehouse with OpenID Connect. The same members as Kubernetes publishes
 * for its service accounts.
 */
async function metadata(c: Context): Promise<Response> {
  const refused = readOnly(c);
  if (refused) return refused;
  const snapshot = await knownSnapshot();
  if (!snapshot) return notReady(c);
  const { teamDomain } = snapshot;
  if (!isHostOf(requestHost(c.req.raw), teamDomain)) return c.notFound();
  publicDocument(c);
  return c.json({
    issuer: teamDomain,
    jwks_uri: `${teamDomain}/cdn-cgi/access/certs`,
    response_types_supported: ["id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
  });
}

/** To be mounted at the root of the team domain, and under `/cdn-cgi/access`. */
export const teamDiscovery = new Hono().all("/.well-known/openid-configuration", metadata);
