import type { FoundUser } from "@/components/policy-tester/subject";
import type { UserSummary } from "@/lib/users/schema";

/** Somebody of the registry, as the policy tester shows whom it can test. */
export const foundUser = ({ id, email, name, loginMethod }: UserSummary): FoundUser => ({
  ...{ id, email, name },
  loginMethod: loginMethod.name,
});
