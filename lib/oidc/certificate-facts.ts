import { certificateName, certificatesIn } from "@/lib/outbound/certificates";
import { factsOf } from "./failure";
import type { Run } from "./run";
import type { ClientTls, Fact } from "./schema";

const SOON_MS = 30 * 24 * 3600 * 1000;
const DAY = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });

interface Dated {
  name: string;
  until: number;
}

const datedIn = (pem: string | null): Dated[] =>
  certificatesIn(pem ?? "")
    .filter((certificate) => certificate !== null)
    .map((certificate) => ({
      name: certificateName(certificate),
      until: Date.parse(certificate.validTo),
    }));

const inWords = ({ name, until }: Dated): string => `${name} (valid until ${DAY.format(until)})`;

/** The certificates of a login method, and until when they are valid. */
export function certificateFacts(tls: ClientTls | null | undefined): Fact[] {
  if (!tls) return [];
  return factsOf({
    "Certificate authorities": datedIn(tls.ca).map(inWords).join(", "),
    "Client certificate": datedIn(tls.cert).slice(0, 1).map(inWords).join(""),
  });
}

/** Warns of the certificate that ends first, when that is soon or past. */
export function warnOfCertificates({ connection, trace, now }: Run): void {
  const { tls } = connection;
  const [first] = [...datedIn(tls?.ca ?? null), ...datedIn(tls?.cert ?? null)].sort(
    (a, b) => a.until - b.until,
  );
  if (!first || first.until > now() * 1000 + SOON_MS) return;
  trace.warn(
    "certificate_ends",
    "configuration",
    factsOf({ Certificate: first.name, "Valid until": DAY.format(first.until) }),
  );
}
