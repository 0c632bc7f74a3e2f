import { createHash, randomBytes } from "node:crypto";
import { decodeJwt } from "jose";
import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { TestBrowser } from "@/lib/http/testing-journey";
import { MAX_TOKEN_BYTES } from "@/lib/sessions/mint";
import { isInstalled, type RealProxy } from "./testing-launch";
import type { Received } from "./testing-proxies";
import { type RawAnswer, sendRaw } from "./testing-raw";
import { headersNamed, PROXIES, useGate, useTrial } from "./testing-trial";

/** 0: closed while the body was still being sent, which hides the answer. */
const CLOSED_EARLY = [401, 0];

useTestDatabase();
const servers = useGate();

const MEGABYTE = 1_048_576;
const sha256 = (text: string) =>
  createHash("sha256").update(Buffer.from(text, "latin1")).digest("hex");

/** Cookies of an answer as a browser sends them back. */
const kept = ({ headers }: RawAnswer): string[] =>
  (headers["set-cookie"] ?? []).map((line) => line.split(";", 1)[0] ?? "");

/** RFC 9112 §7.1, in pieces of odd sizes. */
function chunked(body: string): string {
  const pieces: string[] = [];
  for (let at = 0, size = 1; at < body.length; at += size, size = (size * 7 + 3) % 65_537) {
    const piece = body.slice(at, at + size);
    pieces.push(`${piece.length.toString(16)}\r\n${piece}\r\n`);
  }
  return `${pieces.join("")}0\r\n\r\n`;
}

for (const proxy of PROXIES) {
  describe.skipIf(!isInstalled(proxy))(`behind a real ${proxy}`, () => trials(proxy));
}

function trials(proxy: RealProxy): void {
  const trial = useTrial(proxy, servers);
  const body = randomBytes(10 * MEGABYTE).toString("latin1");
  let cookies: string[] = [];

  const post = (path: string, lines: string[], text: string, late?: string) =>
    sendRaw(
      trial.port,
      `${[
        `POST ${path} HTTP/1.1`,
        `Host: ${trial.at("bound")}`,
        "Connection: close",
        "Content-Type: application/octet-stream",
        ...lines,
      ].join("\r\n")}\r\n\r\n${text}`,
      { waitMs: 30_000, ...(late && { reply: { to: "100 Continue", text: late } }) },
    );

  it("somebody with many claims is denied, signs in, and is let through with the longest token", async () => {
    const host = trial.at("bound");
    const denied = await trial.get("/notes?x=1", ["Accept: text/html"], host);
    expect(denied.status).toBe(302);
    const team = new TestBrowser();
    team.jar.set("CF_Authorization", await trial.orgToken());
    const known = await team.open(denied.headers.location?.[0] ?? "");
    const back = new URL(known.headers.get("location") ?? "");
    expect(back.host).toBe(host);

    const browser = kept(denied);
    const target = back.pathname + back.search;
    const set = await trial.get(target, [`Cookie: ${browser.join("; ")}`], host);
    expect(set).toMatchObject({ status: 302, headers: { location: [`http://${host}/notes?x=1`] } });
    cookies = [...browser, ...kept(set)];
    const token = cookies.find((one) => one.startsWith("CF_Authorization="))?.slice(17) ?? "";
    expect(token.length).toBeGreaterThan(MAX_TOKEN_BYTES - 200);
    expect(Object.keys(decodeJwt(token).custom as object)).toEqual(["groups", "department"]);

    const answer = await trial.get("/notes?x=1", [`Cookie: ${cookies.join("; ")}`], host);
    expect(answer.status).toBe(200);
    const got = trial.received.at(-1) as Received;
    expect(headersNamed(got, /^cf-access-jwt-assertion$/i).map(([, value]) => value)).toEqual([
      token,
    ]);
    expect(headersNamed(got, /^cookie$/i)[0]?.[1]).not.toContain("CF_Binding");
  });

  it("the application's own long cookies and addresses come along", async () => {
    const more = [...cookies, `own=${"x".repeat(3_500)}`];
    const path = `/search?q=${"y".repeat(4_000)}`;
    const answer = await trial.get(path, [`Cookie: ${more.join("; ")}`], trial.at("bound"));
    expect(answer.status).toBe(200);
    const got = trial.received.at(-1) as Received;
    expect(got.url).toBe(path);
    expect(headersNamed(got, /^cookie$/i)[0]?.[1]).toContain("x".repeat(3_500));
  });

  it("a long address leads to the login page as well", async () => {
    for (const path of [`/notes?q=${"a".repeat(1_400)}`, `/notes?q=${"%C3%A9".repeat(1_000)}`]) {
      const denied = await trial.get(path, ["Accept: text/html"], trial.at("bound"));
      expect(denied.status).toBe(302);
    }
  });

  it("10 MB arrive whole, counted or in chunks, beside the longest token", async () => {
    const cookie = `Cookie: ${cookies.join("; ")}`;
    const counted = await post("/counted", [cookie, `Content-Length: ${body.length}`], body);
    expect(counted.status).toBe(200);
    expect(trial.received.at(-1)).toMatchObject({ url: "/counted", bodyHash: sha256(body) });
    const pieces = await post("/chunked", [cookie, "Transfer-Encoding: chunked"], chunked(body));
    expect(pieces.status).toBe(200);
    expect(trial.received.at(-1)).toMatchObject({ url: "/chunked", bodyHash: sha256(body) });
    const identity = headersNamed(trial.received.at(-1) as Received, /^cf-access-jwt-assertion$/i);
    expect(identity[0]?.[1].length).toBeGreaterThan(MAX_TOKEN_BYTES - 200);
  });

  it("who asks first with Expect: 100-continue hears to go on, or is refused", async () => {
    const text = body.slice(0, MEGABYTE);
    const expecting = ["Expect: 100-continue", `Content-Length: ${text.length}`];
    const cookie = `Cookie: ${cookies.join("; ")}`;
    const sent = await post("/expected", [cookie, ...expecting], "", text);
    expect(sent.status).toBe(200);
    expect(sent.interim).toContain(100);
    expect(trial.received.at(-1)).toMatchObject({ url: "/expected", bodyHash: sha256(text) });

    const before = trial.received.length;
    const refused = await post("/refused", ["Accept: application/json", ...expecting], "", text);
    expect(CLOSED_EARLY).toContain(refused.status);
    expect(trial.received.length).toBe(before);
  });

  it("a large body without a token reaches nothing", async () => {
    const before = trial.received.length;
    const lines = ["Accept: application/json", `Content-Length: ${body.length}`];
    const { status } = await post("/refused", lines, body);
    expect(CLOSED_EARLY).toContain(status);
    expect(trial.received.length).toBe(before);
  });
}
