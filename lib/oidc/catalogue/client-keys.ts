import { rows } from "./row";

const keyField = "token_auth_method";
const secretField = "previous_client_secret";
const unreadable = "The ID token cannot be decrypted";

/** Key pairs that Gatehouse makes, encrypted tokens, and two client secrets at once. */
export const clientKeyRows = rows({
  no_client_key: {
    title: "There is no key to sign with",
    cause:
      "Token endpoint authentication is Private key (JWT), and this login method has no signing key.",
    fixes: [
      "Choose Make a key pair under Token endpoint authentication.",
      "Give your provider the address of the key set, or the public key.",
    ],
    field: keyField,
  },
  client_key_refused: {
    title: "The signature of this app was not accepted",
    cause:
      "The provider refused the assertion that Gatehouse signed with the key {Key ID|of this login method} ({Algorithm|RS256}), made out to {Audience|the Token URL}.",
    fixes: [
      "Give the provider the address of the key set, or the public key, as they stand under Token endpoint authentication, and check that it holds the key {Key ID|that signs}.",
      "Check that the provider can reach the address of the key set. If not, paste the public key there.",
      "At the provider, choose private_key_jwt (also called public key or signed JWT) for this app, with {Algorithm|the algorithm of the key}.",
      "Compare the App ID letter for letter.",
    ],
    field: keyField,
  },
  client_key_audience: {
    title: "The signature of this app was made out to another address",
    cause:
      "The provider refused the assertion for {Audience|the one}, and accepts it when it is made out to {Accepted as|the other}.",
    fixes: ["Set Assertion audience to {Accepted as|the other}: App ID and key are right."],
    field: "assertion_audience",
  },
  old_secret_still_needed: {
    title: "The provider still accepts only the old secret",
    cause: "It refused the Client secret and took the Previous client secret.",
    fixes: [
      "Make the new secret valid at the provider, or copy it from there again.",
      "Then test again. Until then, sign-ins go on with the old one.",
    ],
    field: "client_secret",
  },
  old_secret_not_needed: {
    title: "The new secret works; the old one can be removed",
    cause:
      "The provider took the Client secret, so the Previous client secret has no use any more.",
    fixes: [
      "Remove the Previous client secret, and save.",
      "Delete the old secret at the provider too.",
    ],
    field: secretField,
    note: true,
  },
  jwe_unsupported: {
    title: unreadable,
    cause:
      "It is encrypted in a way that Gatehouse does not accept: {Encrypted with|unknown algorithms}.",
    fixes: [
      "At the provider, choose RSA-OAEP-256 (or RSA-OAEP, ECDH-ES) for the key, and A256CBC-HS512 or A256GCM for the content.",
    ],
  },
  jwe_compressed: {
    title: unreadable,
    cause: "It is compressed (zip), and unpacking what a stranger packed is not safe.",
    fixes: ["Turn compression of encrypted tokens off at the provider."],
  },
  jwe_undecryptable: {
    title: unreadable,
    cause:
      "It was encrypted to another key than {Decryption keys here|those of this login method}, or damaged on the way.",
    fixes: [
      "Give the provider the public key again, as it stands under Encrypted ID tokens.",
      "Then test again.",
    ],
  },
  jwe_not_signed: {
    title: "The encrypted ID token is not signed",
    cause:
      "What came out of the encryption is not a signed token. Anyone who knows the public key could have written it.",
    fixes: ["At the provider, choose a signing key for this app besides the encryption key."],
  },
});
