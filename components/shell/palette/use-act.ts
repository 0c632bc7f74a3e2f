"use client";
import { applyTheme } from "../apply-theme";
import { signOut } from "../sign-out";
import { useGo } from "../use-go";
import type { Entry } from "./entry";
import { rememberChoice } from "./recents";

export interface CopyOutcome {
  what: string;
  text: string;
  copied: boolean;
}

interface Around {
  close: () => void;
  showShortcuts: () => void;
  onCopied: (outcome: CopyOutcome) => void;
}

/** Plain http has no clipboard. */
const copies = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

/** Does what an entry is for. Only copying leaves the palette open, to say how it went. */
export function useAct({ close, showShortcuts, onCopied }: Around) {
  const go = useGo();
  return async ({ id, act }: Entry, inNewTab: boolean): Promise<void> => {
    rememberChoice(id);
    // Closed first: the focus goes back before the page changes or asks about unsaved changes.
    if (act.do !== "copy") close();
    switch (act.do) {
      case "copy":
        onCopied({ what: act.what, text: act.text, copied: await copies(act.text) });
        break;
      case "go":
        if (inNewTab) window.open(act.href, "_blank", "noopener");
        else go(act.href);
        break;
      case "open_tab":
        window.open(act.href, "_blank", "noopener");
        break;
      case "theme":
        applyTheme(act.theme);
        break;
      case "shortcuts":
        showShortcuts();
        break;
      case "sign_out":
        await signOut();
        break;
    }
  };
}
