import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

export interface Target {
  /** With the path that everything begins at. */
  base: string;
  secret: string;
}

export interface Reply {
  status: number;
  /** Milliseconds, of the try that was answered. */
  ms: number;
  // biome-ignore lint/suspicious/noExplicitAny: JSON of any shape
  body: any;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
/** Answers of 429 so far: a client that keeps to Retry-After is measured, as providers are. */
export const waited = { count: 0 };

function once(target: Target, method: string, path: string, body: string | null) {
  const began = performance.now();
  return new Promise<Reply & { retryAfter: number }>((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${target.secret}`,
      "user-agent": "Gatehouse bench",
      ...(body !== null && {
        "content-type": "application/scim+json",
        "content-length": String(Buffer.byteLength(body)),
      }),
    };
    const sent = request(`${target.base}${path}`, { method, headers, agent }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const ms = performance.now() - began;
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({
          status: answer.statusCode ?? 0,
          ms,
          body: text === "" ? null : JSON.parse(text),
          retryAfter: Number(answer.headers["retry-after"] ?? 1),
        });
      });
    });
    sent.on("error", reject);
    sent.end(body ?? undefined);
  });
}

/** One request, tried again after a 429. Throws where the answer is no 2xx, for nothing was measured then. */
export async function send(
  target: Target,
  method: string,
  path: string,
  body?: unknown,
): Promise<Reply> {
  const text = body === undefined ? null : JSON.stringify(body);
  for (;;) {
    const { retryAfter, ...reply } = await once(target, method, path, text);
    if (reply.status === 429) {
      waited.count += 1;
      await sleep(retryAfter * 1000);
      continue;
    }
    if (reply.status < 200 || reply.status > 299) {
      throw new Error(`${method} ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    }
    return reply;
  }
}

const PATCH_URN = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
export const patch = (...Operations: unknown[]) => ({ schemas: [PATCH_URN], Operations });

/** Works through a list with so many at once. */
export async function each<T>(
  list: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<void>,
) {
  let next = 0;
  const worker = async () => {
    while (next < list.length) {
      const item = list[next] as T;
      next += 1;
      await work(item);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

export const share = (values: readonly number[], part: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
};
