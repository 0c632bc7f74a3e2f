import type { Fault } from "./fault";

const REGISTERED = "{base}/registered-keys";
const HOW = "First give it the address of the key set, at {base}/register-keys.";

/** Clients that have keys of their own: where those are is registered by whoever practises. */
export const KEY_VARIANTS: readonly Fault[] = [
  {
    id: "variant-private-key-jwt",
    title: "Takes a signature instead of a secret (private_key_jwt)",
    expect: `${HOW} Passes with Private key (JWT); until then: the signature of this app was not accepted.`,
    client: {
      token_endpoint_auth_method: "private_key_jwt",
      jwks_uri: `${REGISTERED}/variant-private-key-jwt`,
    },
    fields: { token_auth_method: "private_key_jwt", client_secret: "" },
  },
  {
    id: "variant-encrypted-id-token",
    title: "Encrypts ID tokens to the key of the client (JWE)",
    expect: `${HOW} Passes with a decryption key.`,
    client: {
      jwks_uri: `${REGISTERED}/variant-encrypted-id-token`,
      id_token_encrypted_response_alg: "RSA-OAEP-256",
      id_token_encrypted_response_enc: "A256CBC-HS512",
    },
  },
];
