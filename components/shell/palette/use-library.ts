"use client";
import { useEffect, useState } from "react";
import { LIBRARY_PATH, type PaletteLibrary } from "./library";

export interface Loaded {
  library: PaletteLibrary | null;
  failed: boolean;
}

/** Reads the login methods at each opening; what an earlier one brought is shown meanwhile. */
export function useLibrary(open: boolean): Loaded {
  const [loaded, setLoaded] = useState<Loaded>({ library: null, failed: false });
  useEffect(() => {
    if (!open) return;
    const stop = new AbortController();
    fetch(LIBRARY_PATH, { signal: stop.signal })
      .then(async (answer) => {
        if (!answer.ok) throw new Error(`${answer.status}`);
        setLoaded({ library: (await answer.json()) as PaletteLibrary, failed: false });
      })
      .catch(() => {
        if (!stop.signal.aborted) setLoaded(({ library }) => ({ library, failed: true }));
      });
    return () => stop.abort();
  }, [open]);
  return loaded;
}
