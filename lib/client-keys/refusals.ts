import { AppError } from "@/lib/kit/errors";
import { type KeyUse, MAX_KEYS } from "./schema";

const KINDS: Record<KeyUse, string> = { sig: "signing", enc: "decryption" };

export const noSuchKey = () =>
  new AppError("not_found", "That key no longer exists.", {
    fix: "Reload the page to see the keys that do.",
  });

export const tooManyKeys = (use: KeyUse) =>
  new AppError("conflict", `This login method has ${MAX_KEYS} ${KINDS[use]} keys already.`, {
    fix: "Delete one that is not used any more, then make the new one.",
  });

export const noDecryptionSwitch = () =>
  new AppError("invalid_input", "Only signing keys are switched by hand.", {
    fix: "Every decryption key opens what was encrypted to it.",
  });
