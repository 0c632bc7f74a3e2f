import type { ReactNode } from "react";
import { MarkTile } from "@/components/shell/brand";

/** Set-up, sign-in and invitations: one column, no navigation. */
export default function PublicLayout({ children }: { children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh w-full max-w-xl flex-col px-4 py-8 sm:py-14">
      <header className="mb-8 flex items-center justify-center gap-2.5">
        <MarkTile />
        <span className="font-semibold text-base">Gatehouse</span>
      </header>
      <main id="content" className="flex-1">
        {children}
      </main>
    </div>
  );
}
