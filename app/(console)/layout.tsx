import type { Metadata } from "next";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { AppShell } from "@/components/shell/app-shell";
import { THEME_COOKIE, themeFrom } from "@/components/shell/theme";
import { requireViewer } from "@/lib/admins/require-admin";
import { installation } from "@/lib/team/store";

export async function generateMetadata(): Promise<Metadata> {
  const { teamName } = await installation();
  const team = teamName ?? "Gatehouse";
  return { title: { template: `%s - ${team}`, default: team } };
}

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { name, email, role } = await requireViewer();
  const { teamName } = await installation();
  const theme = themeFrom((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <AppShell viewer={{ name, email, role }} teamName={teamName} theme={theme}>
      {children}
    </AppShell>
  );
}
