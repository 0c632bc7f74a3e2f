"use client";
import { LoaderCircle } from "lucide-react";
import Link, { useLinkStatus } from "next/link";
import { usePathname } from "next/navigation";
import { classNames } from "@/components/ui/class-names";
import { isUnder, NAVIGATION, type NavLink } from "./navigation";

/** Pages answer with their real status, so they wait for their data; this says that one is coming. */
function Pending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return <LoaderCircle aria-hidden className="appear-late size-3.5 animate-spin text-muted" />;
}

function NavItem({ link, pathname }: { link: NavLink; pathname: string }) {
  const inside = isUnder(pathname, link.href);
  return (
    <li>
      <Link
        href={link.href}
        aria-current={pathname === link.href ? "page" : inside ? "true" : undefined}
        className={classNames(
          "flex min-h-8 items-center justify-between rounded-md py-1 pr-2 pl-8.5",
          inside
            ? "bg-accent-soft font-medium text-ink forced-colors:underline"
            : "text-muted hover:bg-sunken hover:text-ink",
        )}
      >
        {link.label}
        <Pending />
      </Link>
    </li>
  );
}

export function NavLinks() {
  const pathname = usePathname();
  return (
    <nav aria-label="Main" className="space-y-4">
      {NAVIGATION.map(({ label, icon: Icon, links }) => (
        <div key={label}>
          <p className="mb-0.5 flex items-center gap-2.5 px-2 font-medium text-ink">
            <Icon aria-hidden className="size-4 text-muted" />
            {label}
          </p>
          <ul aria-label={label} className="space-y-px">
            {links.map((link) => (
              <NavItem key={link.href} link={link} pathname={pathname} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
