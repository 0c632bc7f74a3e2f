import * as z from "zod";
import { isContact } from "./contact";
import { designContrast, hardToRead, LEAST_CONTRAST } from "./contrast";
import { logoProblem } from "./image";

const colour = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^#[0-9a-f]{6}$/, "Enter a colour such as #0b5f69");
const UNSEEN = "Remove the characters that cannot be seen";
/** Lines may break; other control characters, and those that turn the direction of writing, may not. */
const isSeen = (text: string): boolean =>
  !/[^\P{Cc}\n\r\t]|[\u202a-\u202e\u2066-\u2069]/u.test(text);
const text = (max: number) =>
  z.string().trim().max(max, `Use at most ${max} characters`).refine(isSeen, UNSEEN);
const line = (max: number) => text(max).default("");

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
  /** Whom people ask who do not get in. */
  contact: text(200)
    .refine(isContact, "Enter an email address, or a web address such as https://help.example.com")
    .default(""),
  /** Null means the page's own colours, in light and in dark. */
  background_color: colour.nullable().default(null),
  text_color: colour.nullable().default(null),
});
export type LoginDesign = z.output<typeof loginDesignSchema>;

/** The page's own look. */
export const DEFAULT_DESIGN: LoginDesign = loginDesignSchema.parse({});

const colourOrBlank = z
  .string()
  .trim()
  .transform((text) => text || null)
  .pipe(colour.nullable());

/** The form of the design: blank for the page's own colour. */
export const designFormSchema = z
  .strictObject({
    ...loginDesignSchema.shape,
    background_color: colourOrBlank,
    text_color: colourOrBlank,
    /** Saves text that is hard to read all the same. */
    overridden: z.boolean().default(false),
  })
  .superRefine(({ logo, overridden, ...colours }, context) => {
    const issue = (path: string, message: string) =>
      context.addIssue({ code: "custom", path: [path], message });
    const problem = logo && logoProblem(logo);
    if (problem) issue("logo", problem);
    const ratio = designContrast(colours);
    if (ratio !== null && ratio < LEAST_CONTRAST && !overridden) {
      issue("text_color", `${hardToRead(ratio, colours)} Choose another, or save it anyway.`);
    }
  });
export type DesignForm = z.input<typeof designFormSchema>;

/** A form's fields as the design that is stored. */
export const designOf = ({
  overridden: _,
  ...design
}: z.output<typeof designFormSchema>): LoginDesign => design;

/** A design as the form shows it. */
export const formOf = (design: LoginDesign): DesignForm => ({
  ...design,
  background_color: design.background_color ?? "",
  text_color: design.text_color ?? "",
  overridden: false,
});

/** As Cloudflare allows. */
export const MAX_HTML = 10_000;
export const MAX_TEMPLATES = 100;
export const TEMPLATE_TYPES = ["identity_denied", "forbidden"] as const;
export const templateInputSchema = z.strictObject({
  name: z
    .string()
    .trim()
    .min(1, "Enter a name")
    .max(350, "Use at most 350 characters")
    .refine((text) => !/[\p{Cc}\p{Cf}]/u.test(text), UNSEEN),
  type: z.enum(TEMPLATE_TYPES),
  html: z
    .string()
    .min(1, "Enter the HTML of the page")
    .max(MAX_HTML, "Use at most 10,000 characters")
    .refine((text) => !text.includes("\u0000"), UNSEEN),
});
export type TemplateInput = z.output<typeof templateInputSchema>;

export interface PageTemplate extends TemplateInput {
  id: string;
  usedBy: { id: string; name: string }[];
  createdAt: string;
  updatedAt: string;
}

export const changeTemplateSchema = templateInputSchema.extend({ id: z.uuid() });
export const removeTemplateSchema = z.object({ id: z.uuid() });

/** What Cloudflare's dashboard calls the two kinds of block page, and when each is shown. */
export const TEMPLATE_TYPE_WORDS: Record<TemplateInput["type"], { label: string; when: string }> = {
  identity_denied: {
    label: "Identity failure block page",
    when: "Shown to somebody who is signed in, but whom the policies do not let in.",
  },
  forbidden: {
    label: "Non-identity failure block page",
    when: "Shown where something else than the person does not fit, such as the network or country.",
  },
};
