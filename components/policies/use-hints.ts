"use client";
import { useEffect, useState } from "react";
import { type LoadHints, type RuleHints, useBuilder } from "./builder-context";

const NONE: RuleHints = { claims: [], groups: [], scim: false, values: {} };

export type Hints = (loginMethodId: string) => Promise<RuleHints>;

/** Asks once for each login method: several rows want the same. Nothing is a fine answer. */
export function rememberHints(load: LoadHints): Hints {
  const asked = new Map<string, Promise<RuleHints>>();
  return (loginMethodId) => {
    const answer =
      asked.get(loginMethodId) ??
      load({ loginMethodId }).then(
        (result) => (result.ok ? result.data : NONE),
        () => NONE,
      );
    asked.set(loginMethodId, answer);
    return answer;
  };
}

/** Names and values that a login method has sent; none until they are here. */
export function useHints(loginMethodId: string): RuleHints {
  const { hints, readOnly } = useBuilder();
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    if (!loginMethodId || readOnly) return;
    let current = true;
    void hints(loginMethodId).then((answer) => {
      if (current) setFound(answer);
    });
    return () => {
      current = false;
      setFound(NONE);
    };
  }, [loginMethodId, hints, readOnly]);
  return found;
}
