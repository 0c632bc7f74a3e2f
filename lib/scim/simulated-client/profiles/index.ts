import type { Profile } from "../schema";
import { authentik } from "./authentik";
import { entra, entraCompliant } from "./entra";
import { okta } from "./okta";
import { rfc } from "./rfc";

/** Clients that the console offers; the first is for providers that are not among them. */
export const profiles: readonly Profile[] = [rfc, okta, entra, entraCompliant, authentik];

/** RFC 7644 where there is none of this id. */
export const profileOf = (id: string): Profile => profiles.find((each) => each.id === id) ?? rfc;
