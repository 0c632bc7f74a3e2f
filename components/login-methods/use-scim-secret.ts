"use client";
import { useState } from "react";
import type { ScimCredentials } from "@/lib/login-methods/schema";

interface Shown {
  loginMethod: { id: string; name: string };
  credentials: ScimCredentials;
  then: () => void;
}

/** Shows a SCIM Secret that a save brought; what comes after the save waits until it is stored. */
export function useScimSecret() {
  const [shown, setShown] = useState<Shown | null>(null);
  function afterSecret(
    { id, name }: Shown["loginMethod"],
    credentials: ScimCredentials | undefined,
    then: () => void,
  ) {
    if (credentials) setShown({ loginMethod: { id, name }, credentials, then });
    else then();
  }
  function onClose() {
    setShown(null);
    shown?.then();
  }
  const { loginMethod, credentials } = shown ?? {};
  const scimSecret = loginMethod && credentials ? { loginMethod, credentials, onClose } : null;
  return { afterSecret, scimSecret };
}
