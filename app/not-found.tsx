import { NotFoundPage } from "@/components/shell/not-found-page";

export default function NotFound() {
  return (
    <main className="mx-auto w-full max-w-xl px-4 py-14">
      <NotFoundPage />
    </main>
  );
}
