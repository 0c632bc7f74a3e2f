import { expect, test, vi } from "vitest";
import { log } from "@/lib/kit/log";
import { POST } from "./route";

test("log forging: nobody writes into the server's log through next-auth", async () => {
  const written = vi.spyOn(log, "error");
  const request = new Request("http://localhost:3000/api/auth/_log", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ level: "error", code: "the owner signed in" }),
  });
  const context = { params: Promise.resolve({ nextauth: ["_log"] }) };
  expect((await POST(request, context)).status).toBe(404);
  expect(written).not.toHaveBeenCalled();
});
