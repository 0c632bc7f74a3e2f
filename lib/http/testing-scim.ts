import { randomUUID } from "node:crypto";
import type { Owner } from "@/lib/kit/actor";
import type { Scim } from "@/lib/login-methods/schema";
import { addLoginMethod } from "@/lib/login-methods/store";
import { machine } from "./app";
import { CONSOLE } from "./testing-journey";

export const PATCH_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

export interface ScimReply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: what a test looks into is JSON of any shape
  body: any;
}

/** A SCIM client as a provider runs one, against the app as it is served. */
export class TestScimClient {
  constructor(
    readonly loginMethodId: string,
    readonly secret: string,
    readonly userAgent = "Okta SCIM Client 1.0.0",
  ) {}

  get base(): string {
    return `${CONSOLE}/scim/v2/${this.loginMethodId}`;
  }

  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ScimReply> {
    const response = await machine().request(`${this.base}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${this.secret}`,
        "user-agent": this.userAgent,
        ...(body !== undefined && { "content-type": "application/scim+json" }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? null : JSON.parse(text),
    };
  }

  patch(path: string, ...Operations: unknown[]): Promise<ScimReply> {
    return this.send("PATCH", path, { schemas: [PATCH_URN], Operations });
  }
}

/** A login method with SCIM enabled, and the client that its provider would be. */
export async function scimClientOf(
  owner: Owner,
  scim: Partial<Scim> = {},
  config: Record<string, unknown> = {},
): Promise<TestScimClient & { name: string }> {
  const name = `Acme ${randomUUID()}`;
  const saved = await addLoginMethod(owner, {
    kind: "oidc",
    values: {
      name,
      config: {
        client_id: "gatehouse",
        client_secret: "not a real one",
        auth_url: "https://id.acme.test/authorize",
        token_url: "https://id.acme.test/token",
        certs_url: "https://id.acme.test/jwks",
        ...config,
      },
      scim: { enabled: true, user_deprovision: true, ...scim },
    },
  });
  return Object.assign(new TestScimClient(saved.id, saved.scimSecret?.secret ?? ""), { name });
}
