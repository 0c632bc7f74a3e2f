/** Where the pages of Access stand: the list, and a page below it. */
export const crumbs = (list: { label: string; href: string }, label?: string) => [
  { label: "Access" },
  ...(label ? [list, { label }] : [{ label: list.label }]),
];

export const APPLICATIONS = { label: "Applications", href: "/access/applications" };
export const POLICIES = { label: "Policies", href: "/access/policies" };
export const GROUPS = { label: "Access Groups", href: "/access/groups" };
export const SERVICE_AUTH = { label: "Service Auth", href: "/access/service-auth" };
