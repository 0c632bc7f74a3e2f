import { apache } from "./apache";
import { caddy } from "./caddy";
import { envoy } from "./envoy";
import { haproxy } from "./haproxy";
import { nginx } from "./nginx";
import type { FrontEnd } from "./schema";
import { traefik } from "./traefik";

export const frontEnds: ReadonlyMap<string, FrontEnd> = new Map(
  [nginx, caddy, traefik, haproxy, envoy, apache].map((frontEnd) => [frontEnd.id, frontEnd]),
);
