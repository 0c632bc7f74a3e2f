import type { IncomingMessage, RequestListener } from "node:http";
import { trustedProxies } from "@/lib/http/forwarded";
import { gateDoor } from "../door";
import { handleForwardAuth } from "../front-ends/handle";

const says =
  (bytes: string): RequestListener =>
  (_req, { socket }) =>
    socket?.end(bytes);
const answers =
  (status: number): RequestListener =>
  (_req, res) =>
    res.writeHead(status).end();

/** What may become of a gate that a proxy asks about `/fault-<name>`. */
export const FAULTS: Record<string, RequestListener> = {
  cut: (_req, res) => res.destroy(),
  half: says("HTTP/1.1 200 OK\r\ncf-access-jwt-assertion: x\r\n"),
  interim: says("HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n"),
  garbage: says("200 OK\r\n\r\n"),
  500: answers(500),
  502: answers(502),
  503: answers(503),
};
const HANGING: Record<string, RequestListener> = { hang: () => undefined };
const UNTRUSTING: Record<string, RequestListener> = {
  untrusted: (req, res) =>
    handleForwardAuth(req, res, { ...gateDoor(), isTrusted: trustedProxies(["192.0.2.0/24"]) }),
};
const ALL = { ...FAULTS, ...HANGING, ...UNTRUSTING };

/** The fault that the path of a question names; undefined for all others. */
export function faultOf({ url = "", headers }: IncomingMessage): RequestListener | undefined {
  const { "x-original-url": original, "x-forwarded-uri": forwarded } = headers;
  const [, name = ""] = /\/fault-(\w+)/.exec([url, original, forwarded].join(" ")) ?? [];
  return ALL[name];
}
