/**
 * Capabilities: values that only an authenticated path can make, asked for by every store function
 * as its first argument. The brands exist for the type checker alone; `lib/admins/capability.ts` is
 * the one place that casts to them.
 */
declare const viewer: unique symbol;
declare const writer: unique symbol;
declare const owning: unique symbol;
declare const scimClient: unique symbol;

export type Role = "owner" | "admin" | "read_only";

/** Where a request came from, for the audit log. */
export interface Origin {
  /** Client address as text, IPv4 or IPv6, or null where there is none (a command line). */
  ip: string | null;
  requestId: string;
  door: "console" | "setup" | "environment" | "data_plane" | "login" | "scim";
}

/** Anyone signed in to the console: may read. */
export interface Viewer {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly from: Origin;
  readonly [viewer]: true;
}

/** An owner or admin: may change things. */
export interface Admin extends Viewer {
  readonly role: "owner" | "admin";
  readonly [writer]: true;
}

/** May change who the admins are and what the network may reach. */
export interface Owner extends Admin {
  readonly role: "owner";
  readonly [owning]: true;
}

/** A provider that proved itself by the SCIM Secret of a login method, and touches only what is its own. */
export interface ScimClient {
  readonly loginMethodId: string;
  readonly loginMethodName: string;
  /** Connector kind of the login method. */
  readonly loginMethodKind: string;
  /** What the admin chose (`scim_config` of Cloudflare's API). */
  readonly settings: {
    readonly user_deprovision: boolean;
    readonly seat_deprovision: boolean;
    readonly identity_update_behavior: "automatic" | "reauth" | "no_action";
  };
  readonly secretId: string;
  readonly from: Origin;
  readonly userAgent: string | null;
  /** Gatehouse's own check of the endpoint: the log and the health tell of the provider alone. */
  readonly isCheck: boolean;
  readonly [scimClient]: true;
}
