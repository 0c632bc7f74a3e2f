import "server-only";
import { createPrivateKey, type X509Certificate } from "node:crypto";
import { createSecureContext } from "node:tls";
import type { Config } from "@/lib/connectors/definition";
import { AppError } from "@/lib/kit/errors";
import { certificateName, certificatesIn } from "@/lib/outbound/certificates";

const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

type Problems = Record<string, string | null>;

function read<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    return null;
  }
}

function dateProblem(certificate: X509Certificate, now: number): string | null {
  const name = certificateName(certificate);
  const [from, to] = [Date.parse(certificate.validFrom), Date.parse(certificate.validTo)];
  if (to < now) return `${name} expired on ${DAY.format(to)}. Paste its successor`;
  return from > now ? `${name} is not valid before ${DAY.format(from)}` : null;
}

function authorityProblem(certificate: X509Certificate, now: number): string | null {
  if (certificate.ca) return dateProblem(certificate, now);
  return `${certificateName(certificate)} is the certificate of a server, not of an authority (CA). Paste the certificate of the authority that issued it: ${certificateName(certificate, "issuer")}`;
}

/** The first certificate of a PEM text that is no certificate, or not what it should be. */
function listProblem(
  pem: string,
  problemOf: (certificate: X509Certificate, at: number) => string | null,
): string | null {
  for (const [at, certificate] of certificatesIn(pem).entries()) {
    if (certificate === null) return `Certificate ${at + 1} cannot be read. Was it copied whole?`;
    const problem = problemOf(certificate, at);
    if (problem) return problem;
  }
  return null;
}

/** What is wrong with a client certificate and its key together. */
function pairProblems(cert: string, key: string): Problems {
  const [leaf] = certificatesIn(cert);
  const privateKey = read(() => createPrivateKey(key));
  if (privateKey === null)
    return { tls_client_key: "This key cannot be read. Was it copied whole?" };
  if (leaf && !leaf.checkPrivateKey(privateKey)) {
    return {
      tls_client_key: `This key does not belong to the client certificate of ${certificateName(leaf)}. The certificate of the key comes first, then its chain`,
    };
  }
  const isUsable = read(() => createSecureContext({ cert, key })) !== null;
  return isUsable
    ? {}
    : {
        tls_client_cert:
          "TLS does not accept this certificate: its key or its signature is too weak",
      };
}

const textIn = (config: Config | null, name: string): string => {
  const value = config?.[name];
  return typeof value === "string" ? value : "";
};

function problemsOf(config: Config, before: Config | null, openKey: () => unknown): Problems {
  const now = Date.now();
  const [ca, cert] = [textIn(config, "tls_ca"), textIn(config, "tls_client_cert")];
  // What is stored was right when it was saved, and must not stand in the way of another change.
  const isNew = (name: string) => textIn(config, name) !== textIn(before, name);
  const problems: Problems = {
    tls_ca: isNew("tls_ca") ? listProblem(ca, (one) => authorityProblem(one, now)) : null,
    tls_client_cert: isNew("tls_client_cert")
      ? listProblem(cert, (one) => dateProblem(one, now))
      : null,
  };
  if (cert === "" || problems.tls_client_cert) return problems;
  const key = openKey();
  return { ...problems, ...(typeof key === "string" && pairProblems(cert, key)) };
}

/**
 * Looks into certificates whose shape the connector has checked already: that each is one, that it
 * is an authority's where it must be, that it is valid now, and that the key belongs to it. `before`
 * are the stored settings; `openKey` opens the key that will be stored. AppError `invalid_input` with
 * every issue on its field.
 */
export function refuseBadCertificates(
  config: Config,
  before: Config | null,
  openKey: () => unknown,
): void {
  const fields = Object.fromEntries(
    Object.entries(problemsOf(config, before, openKey)).flatMap(([name, problem]) =>
      problem === null ? [] : [[`config.${name}`, [problem]]],
    ),
  );
  if (Object.keys(fields).length === 0) return;
  throw new AppError("invalid_input", "There is a problem with what was entered.", { fields });
}
