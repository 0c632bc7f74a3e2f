import { describe, expect, test } from "vitest";
import { AppError } from "@/lib/kit/errors";
import { asUnavailable, isUniqueViolation, QueryError } from "./query-error";

const failure = (code: string, message = "failed") => Object.assign(new Error(message), { code });

describe("a failure that an operator can put right", () => {
  test.each([
    [failure("ECONNREFUSED"), /does not answer: it refuses connections/],
    [Object.assign(new AggregateError([], ""), { code: "ECONNREFUSED" }), /refuses connections/],
    [failure("ENOENT"), /nothing listens on its socket/],
    [failure("ENOTFOUND"), /host name is unknown/],
    [failure("57P01"), /it was shut down/],
    [failure("57P03"), /it is starting up/],
    [failure("08006"), /the connection broke/],
    [failure("53300"), /no connection to spare/],
    [new Error("timeout exceeded when trying to connect"), /no connection came free in time/],
    [new Error("Connection terminated due to connection timeout"), /no connection came free/],
    [new Error("Connection terminated unexpectedly"), /the connection broke/],
    [new Error("Query read timeout"), /did not answer in time/],
    [new Error("Client has encountered a connection error and is not queryable"), /broke/],
    [new Error("Cannot use a pool after calling end on the pool"), /Gatehouse is stopping/],
    [new Error("The server does not support SSL connections"), /TLS connection/],
    [failure("DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed certificate"), /TLS connection/],
    [failure("28P01"), /refuses the user or the password/],
    [failure("3D000"), /does not exist/],
    [failure("42501"), /lacks a right/],
    [failure("53100"), /disk is full/],
    [failure("25006"), /read-only/],
    [failure("57014"), /took too long/],
    [failure("25P03"), /took too long/],
  ])("%o is put into words, with what to do", (cause, message) => {
    expect(asUnavailable(cause)).toMatchObject({
      name: "AppError",
      code: "unavailable",
      message: expect.stringMatching(message),
      fix: expect.stringMatching(/\.$/),
      cause,
    });
  });

  test.each([failure("23505"), failure("42P01"), new TypeError("x"), "text", undefined])(
    "%o is not one",
    (error) => {
      expect(asUnavailable(error)).toBeNull();
    },
  );

  test("an AppError stays what it is", () => {
    const error = new AppError("conflict", "Someone else saved this.");
    expect(asUnavailable(error)).toBe(error);
  });
});

test("a violated unique index is told by its name", () => {
  const violation = new QueryError(
    "insert",
    Object.assign(failure("23505"), { constraint: "admins_email" }),
  );
  expect(isUniqueViolation(violation)).toBe(true);
  expect(isUniqueViolation(violation, "admins_email")).toBe(true);
  expect(isUniqueViolation(violation, "login_methods_name")).toBe(false);
  expect(isUniqueViolation(new QueryError("insert", failure("23503")))).toBe(false);
  expect(isUniqueViolation(null)).toBe(false);
});
