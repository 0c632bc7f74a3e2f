import { X509Certificate } from "node:crypto";

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, one after another. */
export const certificateTexts = (pem: string): string[] => pem.match(CERTIFICATE) ?? [];

/** The same, read; null in the place of one that cannot be. */
export const certificatesIn = (pem: string): (X509Certificate | null)[] =>
  certificateTexts(pem).map((text) => {
    try {
      return new X509Certificate(text);
    } catch {
      return null;
    }
  });

/** Whom a certificate is for, or who issued it, in the most telling words it has. */
export function certificateName(
  certificate: X509Certificate,
  of: "subject" | "issuer" = "subject",
): string {
  const parts = (certificate[of] ?? "").split("\n");
  const named = ["CN=", "O=", ""]
    .map((prefix) => parts.find((part) => part.startsWith(prefix))?.slice(prefix.length))
    .find(Boolean);
  return (named ?? "a certificate without a name").slice(0, 100);
}
