import * as z from "zod";

/** A practice provider as it describes itself in the file that GATEHOUSE_PRACTICE names. */
export const practiceProviderSchema = z.object({
  id: z.enum([
    "generic",
    "okta",
    "okta-custom",
    "authentik",
    "keycloak",
    "entra",
    "entra-common",
    "google",
    "gitlab",
    "github",
  ]),
  label: z.string(),
  /** What to know before it is added. */
  note: z.string().optional(),
  /** Kind of the connector to add it with. */
  kind: z.string(),
  /** Values to paste, by config key. */
  fields: z.record(z.string(), z.string()),
  users: z.array(z.object({ login: z.string(), password: z.string(), note: z.string() })),
  /** For the allow list: it listens on loopback. */
  hostPort: z.string(),
  /** The same provider with one thing broken, chosen by client id. */
  faults: z.array(
    z.object({
      clientId: z.string(),
      title: z.string(),
      expect: z.string(),
      /** Values to paste instead of the provider's own, by config key. */
      fields: z.record(z.string(), z.string()).optional(),
    }),
  ),
});
export type PracticeProvider = z.output<typeof practiceProviderSchema>;

/** An application to put the gate in front of; older practice files have none. */
const practiceApplicationSchema = z.object({ host: z.string(), url: z.string() });
export type PracticeApplication = z.output<typeof practiceApplicationSchema>;

export const practiceFileSchema = z.object({
  providers: z.array(practiceProviderSchema),
  application: practiceApplicationSchema.nullable().default(null),
});
export type PracticeFile = z.output<typeof practiceFileSchema>;
