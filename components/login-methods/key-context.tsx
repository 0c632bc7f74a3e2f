"use client";
import { createContext, type ReactNode, useContext, useState } from "react";
import type { ClientKey, KeyId, MakeKey } from "@/lib/client-keys/schema";
import type { Result } from "@/lib/kit/result";

type Act<I> = (input: I) => Promise<Result<ClientKey[]>>;

export interface KeyActions {
  make: Act<MakeKey>;
  use: Act<KeyId>;
  remove: Act<KeyId>;
}

interface Keys {
  keys: readonly ClientKey[];
  setKeys: (keys: ClientKey[]) => void;
  actions: KeyActions;
  teamDomain: string;
}

const KeysContext = createContext<Keys | null>(null);

interface ClientKeysProps {
  /** As they are when the page is opened; afterwards every act answers with all of them. */
  initial: readonly ClientKey[];
  actions: KeyActions;
  /** Origin that the public keys are served on. */
  teamDomain: string;
  children: ReactNode;
}

/** The key pairs of one login method, for the cards that stand in its form. */
export function ClientKeys({ initial, actions, teamDomain, children }: ClientKeysProps) {
  const [keys, setKeys] = useState(initial);
  return <KeysContext value={{ keys, setKeys, actions, teamDomain }}>{children}</KeysContext>;
}

/** Null where a form stands on a page that has no keys to show. */
export const useClientKeys = (): Keys | null => useContext(KeysContext);
