import { describe, expect, it } from "vitest";
import { type Position, readCursor, writeCursor } from "./cursor";

const ID = "7f4e4c2a-3f0e-4f5b-9f43-0d8f5a0c1b2d";
const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("a cursor", () => {
  it.each<Position>([
    { after: { createdAt: new Date("2026-01-31T12:00:00.123Z"), id: ID } },
    { offset: 200 },
  ])("comes back as it was written: %j", (position) => {
    expect(readCursor(writeCursor(position, "q"), "q")).toEqual(position);
  });

  it("is refused by another query", () => {
    expect(() => readCursor(writeCursor({ offset: 1 }, "q"), "other")).toThrow(
      expect.objectContaining({
        status: 400,
        scimType: "invalidCursor",
        detail: expect.stringContaining("another query"),
      }),
    );
  });

  it.each([
    "nonsense",
    "",
    "%00",
    base64(null),
    base64(["q", "o", -1]),
    base64(["q", "o", 1e12]),
    base64(["q", "a", 1, "no uuid"]),
    base64(["q", "a", 1e300, ID]),
    base64(["q", "x", 1]),
  ])("that is none, %j, is refused", (cursor) => {
    expect(() => readCursor(cursor, "q")).toThrow(
      expect.objectContaining({ status: 400, scimType: "invalidCursor" }),
    );
  });
});
