"use client";
import { useEffect, useState } from "react";
import { exactTime, relativeTime } from "./relative-time";

/** `value` is an ISO time. Words that stay true while the page is open; the exact time on hover. */
export function Time({ value }: { value: string }) {
  const at = Date.parse(value);
  const [now, setNow] = useState(() => Date.now());
  const [mounted, setMounted] = useState(false);

  useEffect(() => {
    setMounted(true);
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);

  if (Number.isNaN(at)) return null;
  return (
    <time
      dateTime={value}
      title={exactTime(at, mounted)}
      suppressHydrationWarning
      className="whitespace-nowrap"
    >
      {relativeTime(at, now)}
    </time>
  );
}
