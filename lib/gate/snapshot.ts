import type { KeyObject } from "node:crypto";
import type { Destination } from "@/lib/applications/destination";
import type { ApplicationSettings } from "@/lib/applications/schema";
import type { LoginDesign } from "@/lib/custom-pages/schema";
import type { SigningKey } from "@/lib/keys/schema";
import type { CompiledPolicies } from "@/lib/policies/compile";
import type { Names } from "@/lib/policies/names";
import type { HostIndex } from "./host-index";
import type { Logo } from "./logos";

/** An application as the data plane knows it. */
export interface GateApplication {
  id: string;
  /** 64 hex digits. */
  aud: string;
  name: string;
  /** A disabled one still covers its hosts: nobody gets in, and no broader application takes over. */
  enabled: boolean;
  destinations: readonly Destination[];
  /** Some host has a wildcard: whoever runs one of its hosts must not open the others. */
  wildcard: boolean;
  settings: ApplicationSettings;
  tokenEpoch: number;
  policies: CompiledPolicies;
}

export interface GateLoginMethod {
  id: string;
  name: string;
  kind: string;
  enabled: boolean;
}

export interface GateServiceToken {
  id: string;
  name: string;
  clientId: string;
  enabled: boolean;
  secretHash: string;
  /** Counts rotations, from 1. */
  secretVersion: number;
  /** The secret before the last rotation, and until when it works (milliseconds since 1970). */
  previous: { hash: string; until: number } | null;
  /** Milliseconds since 1970; null for one that never expires. */
  expiresAt: number | null;
}

export interface GateKey {
  key: KeyObject;
  /** Milliseconds since 1970 until which tokens verify with it. */
  until: number;
}

/** Everything that the data plane needs to know, as of one moment. Never changed, only replaced. */
export interface Snapshot {
  /** Grows with every load in this process. */
  revision: number;
  teamName: string;
  /** Origin of the team domain: the `iss` of every token. */
  teamDomain: string;
  /** Those of names that the team had, and until when (milliseconds since 1970) they lead there. */
  formerDomains: readonly { origin: string; host: string; until: number }[];
  /** Origin of the console. */
  consoleUrl: string;
  /** Global session duration, in milliseconds. */
  sessionMs: number;
  /** Header in which a trusted proxy says the client's country; null for none. */
  countryHeader: string | null;
  hosts: HostIndex;
  /** By id. */
  applications: ReadonlyMap<string, GateApplication>;
  byAud: ReadonlyMap<string, GateApplication>;
  loginMethods: ReadonlyMap<string, GateLoginMethod>;
  /** By Client ID. */
  serviceTokens: ReadonlyMap<string, GateServiceToken>;
  /** Public keys that tokens verify with, by `kid`. */
  keys: ReadonlyMap<string, GateKey>;
  /** The same as they are published. */
  signingKeys: readonly SigningKey[];
  names: Names;
  /** Its logo, and those of applications, are paths of `logos`. */
  design: LoginDesign;
  /** Images by hash. */
  logos: ReadonlyMap<string, Logo>;
  /** HTML of the block page templates, by id. */
  templates: ReadonlyMap<string, string>;
}
