import type { ReactNode } from "react";
import { Banner } from "@/components/ui/banner";
import { Brand } from "./brand";
import { Commands } from "./commands";
import { Highlight } from "./highlight";
import { NavLinks } from "./nav-links";
import { NavSheet } from "./nav-sheet";
import { ProfileMenu, type ShellViewer } from "./profile-menu";
import type { Theme } from "./theme";
import { ThemeSwitch } from "./theme-switch";

interface AppShellProps {
  viewer: ShellViewer;
  teamName: string | null;
  theme: Theme;
  children: ReactNode;
}

function ReadOnlyNote() {
  return (
    <div className="mb-6">
      <Banner tone="info" title="You can look, not change.">
        Your role is read-only. An owner can change it at Settings &gt; Account.
      </Banner>
    </div>
  );
}

/** The frame of every console page: sidebar, top bar, content. */
export function AppShell({ viewer, teamName, theme, children }: AppShellProps) {
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[15rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent font-medium text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:px-3 focus:py-2"
      >
        Skip to content
      </a>
      <aside className="border-line border-r bg-surface max-md:hidden">
        <div className="sticky top-0 flex max-h-dvh flex-col gap-6 overflow-y-auto p-4">
          <Brand teamName={teamName} />
          <NavLinks />
        </div>
      </aside>
      <div className="flex min-w-0 flex-col">
        <header className="mx-auto flex h-14 w-full max-w-6xl items-center gap-2 border-line border-b bg-surface px-4 md:border-transparent md:bg-transparent md:px-8">
          <NavSheet>
            <Brand teamName={teamName} />
            <NavLinks />
          </NavSheet>
          <span className="min-w-0 flex-1 truncate font-semibold md:invisible">
            {teamName ?? "Gatehouse"}
          </span>
          <Commands mayChange={viewer.role !== "read_only"} />
          <ThemeSwitch theme={theme} />
          <ProfileMenu viewer={viewer} />
        </header>
        <main
          id="content"
          tabIndex={-1}
          className="mx-auto w-full max-w-6xl flex-1 px-4 pt-5 pb-16 md:px-8 md:pt-2"
        >
          {viewer.role === "read_only" && <ReadOnlyNote />}
          {children}
        </main>
      </div>
      <Highlight />
    </div>
  );
}
