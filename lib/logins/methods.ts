import { findConnector } from "@/lib/connectors";
import type { GateApplication, Snapshot } from "@/lib/gate/snapshot";

export interface OpenMethod {
  id: string;
  name: string;
  kind: string;
  /** What its connector calls itself. */
  label: string;
}

/** Whether an application lets people use a login method; the App Launcher (null) takes any. */
export function isAllowedMethod(
  application: { settings: { allowed_idps: readonly string[] } } | null,
  id: string,
): boolean {
  const allowed = application?.settings.allowed_idps ?? [];
  return allowed.length === 0 || allowed.includes(id);
}

/** The login methods that are enabled and allowed there, by name. */
export function openMethods(
  { loginMethods }: Pick<Snapshot, "loginMethods">,
  application: GateApplication | null,
): OpenMethod[] {
  return [...loginMethods.values()]
    .filter(({ id, enabled }) => enabled && isAllowedMethod(application, id))
    .map(({ id, name, kind }) => ({ id, name, kind, label: findConnector(kind)?.label ?? kind }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** The login method that people are sent to without choosing, where an application wants that. */
export function instantMethod(
  methods: readonly OpenMethod[],
  application: GateApplication | null,
): OpenMethod | null {
  const [only, ...others] = methods;
  const instant = application?.settings.auto_redirect_to_identity ?? false;
  return instant && only && others.length === 0 ? only : null;
}
