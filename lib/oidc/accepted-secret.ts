import { sendsSecret } from "./accepted-auth-method";
import { passesCredentials } from "./made-up-code";
import type { Run } from "./run";
import type { Connection } from "./schema";
import type { StepNotes } from "./trace";

/** The connection with the secret that the provider accepts, and what to tell once it has worked. */
export interface ChosenSecret {
  connection: Connection;
  tell(notes: StepNotes): void;
}

const nothing = () => undefined;

/**
 * Which of two client secrets to use: the current one, unless the provider refuses it and accepts
 * the previous one. Asks with made-up codes before the real one is spent, which works only once, and
 * asks nothing when there is one secret.
 */
export async function chooseSecret(run: Run): Promise<ChosenSecret> {
  const { connection } = run;
  const { clientSecret, previousClientSecret: previous } = connection;
  if (!previous || previous === clientSecret || !sendsSecret(connection)) {
    return { connection, tell: nothing };
  }
  if (await passesCredentials(run)) {
    // Some providers look at the code first: only the exchange itself proves that the secret works.
    return {
      connection,
      tell: (notes) =>
        notes.warn(
          "old_secret_not_needed",
          [],
          [{ label: "Remove the previous client secret", set: { previous_client_secret: null } }],
        ),
    };
  }
  if (await passesCredentials(run, { clientSecret: previous })) {
    return {
      connection: { ...connection, clientSecret: previous },
      tell: (notes) => notes.warn("old_secret_still_needed"),
    };
  }
  return { connection, tell: nothing };
}
