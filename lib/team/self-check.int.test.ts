import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { useTestDatabase } from "@/db/testing";
import { selfChecks } from "./self-check";

/** Stands in for this installation and for what may stand in front of it. */
let answer: RequestListener = (_req, res) => res.end();
const server: Server = createServer((req, res) => answer(req, res));
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const { port } = server.address() as AddressInfo;
vi.stubEnv("GATEHOUSE_URL", `http://127.0.0.1:${port}`);
afterAll(() => new Promise((resolve) => server.close(resolve)));

useTestDatabase();

const ours: RequestListener = (req, res) => {
  res.setHeader("x-request-id", "0123456789");
  res.writeHead(req.url === "/healthz" ? 200 : 400).end();
};

async function check(id: string, openedAt = `127.0.0.1:${port}`) {
  return (await selfChecks("acme", openedAt)).find((one) => one.id === id);
}

describe("the self-checks of set-up", () => {
  beforeAll(() => {
    answer = ours;
  });

  it("pass where Gatehouse itself answers", async () => {
    const checks = await selfChecks("acme", `127.0.0.1:${port}`);
    const passed = checks.filter(({ status }) => status === "pass").map(({ id }) => id);
    expect(passed).toEqual(
      expect.arrayContaining(["database", "secret", "address", "clock", "health", "callback"]),
    );
  });

  it("warn of plain HTTP, and say what to do", async () => {
    expect(await check("https")).toMatchObject({
      status: "warn",
      fix: expect.stringContaining("GATEHOUSE_URL"),
    });
  });

  it("warn when the admin came by another address", async () => {
    expect(await check("address", "gate.lan")).toMatchObject({
      status: "warn",
      detail: expect.stringContaining("gate.lan"),
    });
  });

  it("tell that Cloudflare's proxy swallows the callback", async () => {
    answer = (req, res) => {
      if (!req.url?.startsWith("/cdn-cgi/")) return ours(req, res);
      res.writeHead(404, { server: "cloudflare", "cf-ray": "8f" }).end();
    };
    expect(await check("health")).toMatchObject({ status: "pass" });
    expect(await check("callback")).toMatchObject({
      status: "warn",
      detail: expect.stringContaining("Cloudflare"),
      fix: expect.stringContaining("DNS only"),
    });
  });

  it("pass behind Cloudflare's proxy where the callback does come through", async () => {
    answer = (req, res) => {
      res.setHeader("server", "cloudflare");
      ours(req, res);
    };
    expect(await check("callback")).toMatchObject({ status: "pass" });
  });

  it("tell that something else answers on the team domain", async () => {
    answer = (_req, res) => res.writeHead(200, { server: "nginx" }).end("Welcome to nginx!");
    expect(await check("health")).toMatchObject({
      status: "warn",
      detail: expect.stringContaining("other than Gatehouse"),
    });
  });

  it("tell that the team domain cannot be reached", async () => {
    answer = (req) => req.socket.destroy();
    expect(await check("callback")).toMatchObject({ status: "warn", fix: expect.any(String) });
  });
});
