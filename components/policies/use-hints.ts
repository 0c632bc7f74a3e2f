"use client";
import { useEffect, useState } from "react";
import type { RuleHints } from "@/lib/policies/hints/schema";
import { type LoadHints, useBuilder } from "./builder-context";

const NONE: RuleHints = { claims: [], groups: [], scim: false, values: [], domains: [] };

export type Hints = (loginMethodId: string | null) => Promise<RuleHints>;

/** Asks once for each login method: several rows want the same. Nothing is a fine answer. */
export function rememberHints(load: LoadHints): Hints {
  const asked = new Map<string | null, Promise<RuleHints>>();
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

/** Names and values that a login method has sent, or for null the whole registry; none until they are here. */
export function useHints(loginMethodId: string | null): RuleHints {
  const { hints, readOnly } = useBuilder();
  const [found, setFound] = useState(NONE);
  useEffect(() => {
    if (loginMethodId === "" || readOnly) return;
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
