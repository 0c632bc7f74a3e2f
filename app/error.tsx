"use client";
import { FailurePage } from "@/components/shell/failure-page";

export default function RootError(props: { error: unknown; retry: () => void }) {
  return (
    <main className="mx-auto w-full max-w-xl px-4 py-14">
      <FailurePage {...props} />
    </main>
  );
}
