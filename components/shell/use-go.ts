"use client";
import { useRouter } from "next/navigation";

/**
 * Goes to a page of the console by way of a link, so that a form with unsaved changes may hold it
 * back like any other link (`components/form/leaving.ts`).
 */
export function useGo(): (href: string) => void {
  const router = useRouter();
  return (href) => {
    const link = document.createElement("a");
    link.href = href;
    link.hidden = true;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      router.push(href);
    });
    document.body.append(link);
    link.click();
    link.remove();
  };
}
