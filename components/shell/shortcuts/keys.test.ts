import { describe, expect, it } from "vitest";
import { NAVIGATION } from "../navigation";
import { commandOf, type KeyPress, PLACES, type Situation } from "./keys";

const press = (key: string, changes: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  ...changes,
});
const now: Situation = {
  typing: false,
  modal: false,
  singleKeys: true,
  afterG: false,
  mayChange: true,
};

describe("the keys of the console", () => {
  it.each([
    ["/", "search"],
    ["?", "sheet"],
    ["g", "prefix"],
    ["c", { go: "/settings/authentication/login-methods/new" }],
    ["x", null],
    ["Enter", null],
    ["toString", null],
  ])("%s asks for %j", (key, command) => expect(commandOf(press(key), now)).toEqual(command));

  it.each(["ctrlKey", "metaKey"] as const)("%s and K opens the palette, even while typing", (mod) =>
    expect(commandOf(press("K", { [mod]: true }), { ...now, typing: true })).toBe("palette"),
  );

  it("a single key never acts with Ctrl, Cmd or Alt: those belong to the browser", () => {
    for (const key of ["/", "?", "g", "c", "l"]) {
      for (const mod of ["ctrlKey", "metaKey", "altKey"] as const) {
        expect(commandOf(press(key, { [mod]: true }), now)).toBeNull();
        expect(commandOf(press(key, { [mod]: true }), { ...now, afterG: true })).toBeNull();
      }
    }
  });

  it.each([
    ["in a text field", { typing: true }],
    ["with a dialog open", { modal: true }],
    ["switched off", { singleKeys: false }],
  ])("no single key acts %s", (_, changes) => {
    for (const key of ["/", "?", "g", "c"]) {
      expect(commandOf(press(key), { ...now, ...changes })).toBeNull();
      expect(commandOf(press(key), { ...now, ...changes, afterG: true })).toBeNull();
    }
  });

  it("keys of an input method are left alone", () =>
    expect(commandOf(press("k", { ctrlKey: true, isComposing: true }), now)).toBeNull());

  it("the palette does not open over another dialog", () =>
    expect(commandOf(press("k", { ctrlKey: true }), { ...now, modal: true })).toBeNull());

  it("a read-only admin has no key to create", () =>
    expect(commandOf(press("c"), { ...now, mayChange: false })).toBeNull());

  it("after g, a key goes to its page and another key to none", () => {
    const after = { ...now, afterG: true };
    for (const { key, href } of PLACES) {
      expect(commandOf(press(key), after)).toEqual({ go: href });
    }
    expect(commandOf(press("q"), after)).toBeNull();
    expect(commandOf(press("?"), after)).toBeNull();
  });

  it("every page of the sidebar has a key, and no key has two", () => {
    expect(new Set(PLACES.map(({ key }) => key)).size).toBe(PLACES.length);
    const reached = PLACES.map(({ href }) => href);
    for (const { href } of NAVIGATION.flatMap(({ links }) => links))
      expect(reached).toContain(href);
  });
});
