import Link from "next/link";
import { Banner } from "@/components/ui/banner";
import type { Choices } from "./form-context";

type PolicyChoice = Choices["policies"][number];

/** What the chosen policies mean together, where that is worth a second look. */
export function PolicyWarnings({ chosen }: { chosen: readonly PolicyChoice[] }) {
  if (chosen.length === 0) {
    return (
      <Banner tone="warning" title="Nobody gets in">
        An application without a policy refuses everybody.
      </Banner>
    );
  }
  const bypass = chosen.find(({ decision }) => decision === "bypass");
  if (bypass) {
    return (
      <Banner tone="danger" title={`${bypass.name} lets people in without signing in`}>
        Whom it matches is neither known to the application nor logged.
      </Banner>
    );
  }
  const open = chosen.some(({ decision }) => decision !== "deny");
  return open ? null : (
    <Banner tone="warning" title="Nobody gets in">
      All of these policies block. Add one of the action Allow.
    </Banner>
  );
}

/** Those of the login methods that people can use here now. */
export const openMethods = (
  methods: Choices["methods"],
  allowed: readonly string[],
): Choices["methods"] =>
  methods.filter(({ id, enabled }) => enabled && (allowed.length === 0 || allowed.includes(id)));

/** Says so where nobody could sign in. */
export function MethodsWarning({ open }: { open: number }) {
  if (open > 0) return null;
  return (
    <Banner tone="warning" title="Nobody can sign in">
      No login method is enabled here.{" "}
      <Link href="/settings/authentication">Go to Login methods</Link>
    </Banner>
  );
}
