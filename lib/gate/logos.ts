import { createHash } from "node:crypto";
import { LOGO_PATH } from "@/lib/http/pages/safe";

export interface Logo {
  type: string;
  base64: string;
}

/** Keeps the images of the settings apart from the pages, which name them by their hash. */
export function newShelf() {
  const logos = new Map<string, Logo>();
  return {
    logos,
    /** Path of an image that came as a `data:` address; null for one from elsewhere, or none. */
    put(address: string | null): string | null {
      const [, type, base64] = /^data:(image\/[a-z+]+);base64,(.+)$/.exec(address ?? "") ?? [];
      if (!address || !type || !base64) return null;
      const hash = createHash("sha256").update(address).digest("base64url");
      logos.set(hash, { type, base64 });
      return LOGO_PATH + hash;
    },
  };
}
