"use client";
import "./globals.css";

/** The last resort, when even the frame of the page failed: a link, because it may run no script. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <title>Error: Gatehouse</title>
        <main className="mx-auto w-full max-w-xl px-4 py-14">
          <h1 className="font-semibold text-xl">Gatehouse could not show this page</h1>
          <p className="mt-1 text-muted">
            The server log says what went wrong. Nothing was changed.{" "}
            {/* biome-ignore lint/a11y/useValidAnchor: an empty address loads this page again */}
            <a href="" className="text-accent underline">
              Try again
            </a>
          </p>
        </main>
      </body>
    </html>
  );
}
