import Link from "next/link";
import { TAB_LIST, tabClass } from "./tab-look";

export { Tabs } from "./tab-panels";

/** Tabs that are pages: each has its own address. */
export function LinkTabs({
  label,
  tabs,
}: {
  label: string;
  tabs: { label: string; href: string; current: boolean }[];
}) {
  return (
    <nav aria-label={label} className="mb-6">
      <ul className={TAB_LIST}>
        {tabs.map((tab) => (
          <li key={tab.href} className="contents">
            <Link
              href={tab.href}
              aria-current={tab.current ? "page" : undefined}
              className={tabClass(tab.current)}
            >
              {tab.label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
