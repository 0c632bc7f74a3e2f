import { ROLE_WORDS, ROLES } from "@/lib/admins/schema";
import type { Role } from "@/lib/kit/actor";

interface RoleChoiceProps {
  value: Role;
  onChange: (role: Role) => void;
}

/** The three roles with what each may do. */
export function RoleChoice({ value, onChange }: RoleChoiceProps) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-ink">Role</legend>
      <div className="divide-y divide-line rounded-md border border-line">
        {ROLES.map((role) => (
          <label key={role} className="flex cursor-pointer items-start gap-3 px-3 py-2.5">
            <input
              type="radio"
              name="role"
              value={role}
              checked={value === role}
              onChange={() => onChange(role)}
              className="mt-0.5 size-4.5 shrink-0 accent-accent"
            />
            <span className="min-w-0">
              <span className="block font-medium text-ink">{ROLE_WORDS[role].label}</span>
              <span className="block text-muted">{ROLE_WORDS[role].may}.</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
