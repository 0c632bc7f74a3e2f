import * as z from "zod";

const colour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "Enter a colour such as #0b5f69");
const line = (max: number) =>
  z.string().trim().max(max, `Use at most ${max} characters`).default("");

/** An image that stands in the page itself: nothing is loaded from elsewhere. */
export const logoSchema = z
  .string()
  .max(280_000, "Use an image of at most 200 KB")
  .regex(
    /^data:image\/(png|svg\+xml|jpeg|webp);base64,[A-Za-z0-9+/=]+$/,
    "Upload a PNG, SVG, JPEG or WebP image",
  )
  .nullable()
  .default(null);

/** How the login page looks: `login_design` of Cloudflare's organization. */
export const loginDesignSchema = z.strictObject({
  organization_name: line(100),
  logo: logoSchema,
  header_text: line(200),
  footer_text: line(500),
  /** Null means the page's own colours, in light and in dark. */
  background_color: colour.nullable().default(null),
  text_color: colour.nullable().default(null),
});
export type LoginDesign = z.output<typeof loginDesignSchema>;

export const TEMPLATE_TYPES = ["identity_denied", "forbidden"] as const;
export const templateInputSchema = z.strictObject({
  name: z.string().trim().min(1, "Enter a name").max(350, "Use at most 350 characters"),
  type: z.enum(TEMPLATE_TYPES),
  html: z
    .string()
    .min(1, "Enter the HTML of the page")
    .max(10_000, "Use at most 10,000 characters"),
});
export type TemplateInput = z.output<typeof templateInputSchema>;

export interface PageTemplate extends TemplateInput {
  id: string;
  usedBy: { id: string; name: string }[];
  createdAt: string;
  updatedAt: string;
}
