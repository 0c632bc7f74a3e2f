import { House, ScrollText, Settings, ShieldCheck, Users } from "lucide-react";

export interface NavLink {
  label: string;
  href: string;
}

export interface NavSection {
  label: string;
  icon: typeof House;
  links: NavLink[];
}

/** The pages that exist, in the order of the sidebar. */
export const NAVIGATION: NavSection[] = [
  { label: "Home", icon: House, links: [{ label: "Overview", href: "/" }] },
  {
    label: "Access",
    icon: ShieldCheck,
    links: [
      { label: "Applications", href: "/access/applications" },
      { label: "Policies", href: "/access/policies" },
      { label: "Access Groups", href: "/access/groups" },
      { label: "Service Auth", href: "/access/service-auth" },
    ],
  },
  {
    label: "My Team",
    icon: Users,
    links: [
      { label: "Users", href: "/team/users" },
      { label: "Groups", href: "/team/groups" },
    ],
  },
  {
    label: "Logs",
    icon: ScrollText,
    links: [
      { label: "Access", href: "/logs/access" },
      { label: "SCIM provisioning", href: "/logs/scim" },
      { label: "Admin", href: "/logs/admin" },
    ],
  },
  {
    label: "Settings",
    icon: Settings,
    links: [
      { label: "Authentication", href: "/settings/authentication" },
      { label: "Custom Pages", href: "/settings/custom-pages" },
      { label: "Account", href: "/settings/account" },
      { label: "System", href: "/settings/system" },
    ],
  },
];

/** Whether a page stands under a link of the sidebar. */
export const isUnder = (pathname: string, href: string): boolean =>
  pathname === href || (href !== "/" && pathname.startsWith(`${href}/`));
