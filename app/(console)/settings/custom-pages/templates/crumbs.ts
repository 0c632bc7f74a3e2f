/** Where the pages of templates stand. */
export const crumbs = (label?: string) => [
  { label: "Settings" },
  { label: "Custom Pages", href: "/settings/custom-pages" },
  ...(label
    ? [{ label: "Page templates", href: "/settings/custom-pages/templates" }, { label }]
    : [{ label: "Page templates" }]),
];
