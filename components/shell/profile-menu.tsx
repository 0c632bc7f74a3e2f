"use client";
import { Menu } from "@/components/ui/menu";
import { signOut } from "./sign-out";

export interface ShellViewer {
  name: string;
  email: string;
  role: "owner" | "admin" | "read_only";
}

const ROLES: Record<ShellViewer["role"], string> = {
  owner: "Owner",
  admin: "Admin",
  read_only: "Read-only",
};

function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const last = words.length > 1 ? words.at(-1) : "";
  return `${words[0]?.[0] ?? "?"}${last?.[0] ?? ""}`.toUpperCase();
}

export function ProfileMenu({ viewer }: { viewer: ShellViewer }) {
  const name = viewer.name || viewer.email;
  return (
    <Menu
      label={`Profile of ${name}`}
      trigger={
        <span
          aria-hidden
          className="inline-flex size-8 items-center justify-center rounded-full border border-transparent bg-accent-soft font-semibold text-accent text-xs"
        >
          {initials(name)}
        </span>
      }
      heading={
        <>
          <p className="break-words font-medium">{name}</p>
          <p className="break-words text-muted text-xs">{viewer.email}</p>
          <p className="text-muted text-xs">{ROLES[viewer.role]}</p>
        </>
      }
      items={[
        { label: "Profile", href: "/profile" },
        { label: "Sign out", onSelect: () => void signOut() },
      ]}
    />
  );
}
