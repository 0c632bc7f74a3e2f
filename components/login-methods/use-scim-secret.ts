"use client";
import { useState } from "react";

interface Shown {
  loginMethod: { id: string; name: string };
  secret: string;
  then: () => void;
}

/** Shows a SCIM Secret that a save brought; what comes after the save waits until it is stored. */
export function useScimSecret() {
  const [shown, setShown] = useState<Shown | null>(null);
  function afterSecret(
    { id, name }: Shown["loginMethod"],
    secret: string | undefined,
    then: () => void,
  ) {
    if (secret) setShown({ loginMethod: { id, name }, secret, then });
    else then();
  }
  function onClose() {
    setShown(null);
    shown?.then();
  }
  const scimSecret = shown && { loginMethod: shown.loginMethod, secret: shown.secret, onClose };
  return { afterSecret, scimSecret };
}
