import type { KeyActions } from "@/components/login-methods/key-context";
import { makeKey, removeKey, switchKey } from "./key-actions";

/** What the key cards of a form may do. */
export const keyActions: KeyActions = { make: makeKey, use: switchKey, remove: removeKey };
