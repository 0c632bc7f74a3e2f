import { verify } from "@node-rs/argon2";
import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { database } from "@/db/client";
import { signInThrottle } from "@/db/schema/admins";
import { useTestDatabase } from "@/db/testing";
import { isAppError } from "@/lib/kit/errors";
import { signInWithPassword } from "./credentials/store";
import { firstOwner, origin, PASSWORD } from "./testing";

// The real one, watched.
vi.mock("@node-rs/argon2", async (original) => {
  const argon2 = await original<typeof import("@node-rs/argon2")>();
  return { ...argon2, verify: vi.fn(argon2.verify) };
});

useTestDatabase();
beforeAll(async () => {
  await firstOwner();
});

type Answer = "signed in" | "unauthenticated" | "rate_limited";

async function attempt(email: string, password: string, ip: string): Promise<Answer> {
  try {
    await signInWithPassword(email, password, origin(ip));
    return "signed in";
  } catch (error) {
    if (isAppError(error)) return error.code as Answer;
    throw error;
  }
}

async function messageOf(email: string, ip: string): Promise<string> {
  try {
    await signInWithPassword(email, "wrong", origin(ip));
    return "";
  } catch (error) {
    return isAppError(error) ? error.message : "";
  }
}

async function repeat(times: number, run: (index: number) => Promise<Answer>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let index = 0; index < times; index += 1) answers.push(await run(index));
  return answers;
}

/** As if the block of a key had run out. */
async function wait(key: string): Promise<void> {
  const db = await database();
  await db
    .update(signInThrottle)
    .set({ blockedUntil: sql`now() - interval '1 second'` })
    .where(eq(signInThrottle.key, key));
}

async function minutesBlocked(key: string): Promise<number> {
  const db = await database();
  const [row] = await db
    .select({
      minutes: sql<string>`round(extract(epoch from ${signInThrottle.blockedUntil} - now()) / 60)`,
    })
    .from(signInThrottle)
    .where(eq(signInThrottle.key, key));
  return Number(row?.minutes);
}

describe("signing in", () => {
  it("works with the right password, in any spelling of the email", async () => {
    expect(await attempt("  ADA@Example.COM ", PASSWORD, "192.0.2.10")).toBe("signed in");
  });

  it("says the same of a wrong password and of an unknown account", async () => {
    const known = await messageOf("ada@example.com", "192.0.2.11");
    expect(known).not.toBe("");
    expect(await messageOf("nobody@example.com", "192.0.2.11")).toBe(known);
  });

  it("does the same argon2 work for an unknown account as for a known one", async () => {
    const work = async (email: string) => {
      vi.mocked(verify).mockClear();
      await attempt(email, "wrong", "192.0.2.12");
      return vi.mocked(verify).mock.calls.map(([hash]) => String(hash).split("$").slice(1, 4));
    };
    const known = await work("ada@example.com");
    expect(known).toEqual([["argon2id", "v=19", "m=19456,t=2,p=1"]]);
    expect(await work("unknown@example.com")).toEqual(known);
    await attempt("ada@example.com", PASSWORD, "192.0.2.12");
  });
});

describe("guessing", () => {
  it.each([
    ["a known account", "ada@example.com", "192.0.2.20"],
    ["an account that does not exist", "ghost@example.com", "192.0.2.21"],
  ])("stops after five tries at %s, with the same words", async (_what, email, ip) => {
    const answers = await repeat(6, () => attempt(email, "wrong", ip));
    expect(answers).toEqual([...Array(5).fill("unauthenticated"), "rate_limited"]);
    expect(await messageOf(email, "198.51.100.99")).toBe(
      "Too many attempts. Try again in 1 minute.",
    );
  });

  it("is not helped by other spellings of the account", async () => {
    const spellings = ["mary@x.example", "MARY@x.example", " mary@X.example", "ｍary@x.example"];
    const answers = await repeat(6, (index) =>
      attempt(spellings[index % spellings.length] ?? "", "wrong", `192.0.2.${30 + index}`),
    );
    expect(answers.at(-1)).toBe("rate_limited");
  });

  it("refuses even the right password while the account is blocked", async () => {
    expect(await attempt("ada@example.com", PASSWORD, "192.0.2.40")).toBe("rate_limited");
    await wait("account:ada@example.com");
    expect(await attempt("ada@example.com", PASSWORD, "192.0.2.40")).toBe("signed in");
  });

  it("doubles the wait with each further failure, up to a quarter of an hour", async () => {
    const email = "double@example.com";
    const key = `account:${email}`;
    await repeat(5, () => attempt(email, "wrong", "192.0.2.50"));
    const waits = [await minutesBlocked(key)];
    for (let round = 0; round < 5; round += 1) {
      await wait(key);
      await attempt(email, "wrong", "192.0.2.50");
      waits.push(await minutesBlocked(key));
    }
    expect(waits).toEqual([1, 2, 4, 8, 15, 15]);
  });

  it("starts afresh a day after the first failure", async () => {
    const email = "daily@example.com";
    await repeat(5, () => attempt(email, "wrong", "192.0.2.51"));
    const db = await database();
    await db
      .update(signInThrottle)
      .set({
        firstFailureAt: sql`now() - interval '25 hours'`,
        blockedUntil: sql`now() - interval '24 hours'`,
      })
      .where(eq(signInThrottle.key, `account:${email}`));
    expect(await repeat(4, () => attempt(email, "wrong", "192.0.2.51"))).toEqual(
      Array(4).fill("unauthenticated"),
    );
  });

  it("is stopped per address too, when each try names another account", async () => {
    const answers = await repeat(21, (index) =>
      attempt(`spray-${index}@example.com`, "wrong", "203.0.113.5"),
    );
    expect(answers.slice(0, 20)).toEqual(Array(20).fill("unauthenticated"));
    expect(answers[20]).toBe("rate_limited");
  });

  it("does not let a blocked address lock other people's accounts", async () => {
    await repeat(10, () => attempt("victim@example.com", "wrong", "203.0.113.5"));
    expect(await attempt("victim@example.com", "wrong", "203.0.113.6")).toBe("unauthenticated");
  });

  it("counts all addresses of one IPv6 network together", async () => {
    const answers = await repeat(21, (index) =>
      attempt(`six-${index}@example.com`, "wrong", `2001:db8:7:7::${(index + 1).toString(16)}`),
    );
    expect(answers.at(-1)).toBe("rate_limited");
  });

  it("is not helped by a burst of parallel tries", async () => {
    const burst = await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        attempt("burst@example.com", "wrong", `198.51.100.${index}`),
      ),
    );
    expect(burst.filter((answer) => answer === "unauthenticated")).toHaveLength(5);
    expect(burst.filter((answer) => answer === "rate_limited")).toHaveLength(35);
  });

  it("is not helped by signing in to one's own account in between", async () => {
    const ip = "203.0.113.77";
    const own = () => attempt("ada@example.com", PASSWORD, ip);
    await repeat(10, (index) => attempt(`between-${index}@example.com`, "wrong", ip));
    expect(await own()).toBe("signed in");
    const more = await repeat(11, (index) => attempt(`more-${index}@example.com`, "wrong", ip));
    expect(more.at(-1)).toBe("rate_limited");
    expect(await own()).toBe("rate_limited");
  });
});
