import { randomBytes } from "node:crypto";
import { exportJWK, generateKeyPair } from "jose";
import { othersOf, sendsSecret } from "../accepted-auth-method";
import { AUTH_METHOD_LABELS } from "../configuration";
import type { Connection, PrivateJwk, TokenAuthMethod } from "../schema";
import { finding } from "./finding";
import type { Probe } from "./probe";
import type { Check } from "./schema";
import { askWithMadeUpCode, type Verdict } from "./token-request";

/** A provider may lock a client after some wrong guesses, so a check never sends more than this. */
const MOST_REQUESTS = 4;

const wrongText = () => `gatehouse-check-${randomBytes(12).toString("hex")}`;

/** Another key under the same name: only the signature is wrong. */
async function wrongKey(key: PrivateJwk): Promise<PrivateJwk> {
  const { alg = "RS256", kid = "" } = key;
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { ...((await exportJWK(privateKey)) as PrivateJwk), alg, kid, use: "sig" };
}

/** The same client with credentials that cannot be right. */
async function controlOf(connection: Connection): Promise<[changed: string, Connection]> {
  const { tokenAuthMethod, clientKey } = connection;
  if (tokenAuthMethod === "private_key_jwt" && clientKey) {
    return ["a wrong key", { ...connection, clientKey: await wrongKey(clientKey) }];
  }
  if (sendsSecret(connection)) {
    return ["a wrong secret", { ...connection, clientSecret: wrongText() }];
  }
  return ["an App ID that does not exist", { ...connection, clientId: wrongText() }];
}

interface Asking {
  probe: Probe;
  connection: Connection;
  /** What was sent, for the admin. */
  sent: string[];
  ask(connection: Connection, method: TokenAuthMethod, how: string): Promise<Verdict | null>;
}

function startAsking(probe: Probe): Asking {
  const sent: string[] = [];
  return {
    probe,
    connection: probe.run.connection,
    sent,
    async ask(connection, method, how) {
      if (sent.length >= MOST_REQUESTS) return null;
      sent.push(how);
      return askWithMadeUpCode(probe, connection, method);
    },
  };
}

const didOf = ({ sent, connection }: Asking): string =>
  `Sent a token request with a made-up code to ${connection.tokenUrl}: ${sent.join(", then ")}.`;

const isPublic = (connection: Connection) => connection.tokenAuthMethod === "none";
const subjectOf = (connection: Connection) =>
  isPublic(connection) ? "App ID" : "App ID and credentials";

function withPrevious(connection: Connection): Connection | null {
  const { previousClientSecret } = connection;
  if (!previousClientSecret) return null;
  return { ...connection, clientSecret: previousClientSecret, previousClientSecret: null };
}

async function previousCheck(asking: Asking): Promise<Check[]> {
  const previous = withPrevious(asking.connection);
  const verdict =
    previous && (await asking.ask(previous, previous.tokenAuthMethod, "with the previous secret"));
  if (!verdict || verdict.kind === "none") return [];
  const works = verdict.kind === "code";
  return [
    finding({
      id: "previous_secret",
      status: works ? "warning" : "ok",
      title: works
        ? "The previous client secret still works too"
        : "The previous client secret is no longer needed",
      did: didOf(asking),
      found: works
        ? "The new secret works, so the previous one can be deleted at the provider and removed here."
        : "The provider refuses it and takes the new one: remove it here.",
      field: "client_secret",
      remedies: [
        { label: "Remove the previous client secret", set: { previous_client_secret: null } },
      ],
    }),
  ];
}

async function accepted(asking: Asking, first: Verdict & { said: string }): Promise<Check[]> {
  const { connection } = asking;
  const method = AUTH_METHOD_LABELS[connection.tokenAuthMethod];
  const [changed, wrong] = await controlOf(connection);
  const control = await asking.ask(
    wrong,
    connection.tokenAuthMethod,
    `as a control with ${changed}`,
  );
  const about = { id: "credentials", did: didOf(asking) };
  if (control?.kind === "client") {
    const title = isPublic(connection)
      ? "The App ID is accepted"
      : `App ID and ${connection.tokenAuthMethod.startsWith("client_secret") ? "Client secret" : "credentials"} are accepted by ${method}`;
    const found = `The provider answered ${first.said}, which is about the code; to the control it answered ${control.said}.`;
    return [finding({ ...about, status: "ok", title, found }), ...(await previousCheck(asking))];
  }
  return [
    finding({
      ...about,
      status: "unknown",
      title: `Your provider does not reveal whether ${subjectOf(connection)} are right`.replace(
        "App ID are",
        "the App ID is",
      ),
      found: `It answered ${first.said} to them, and the same kind of answer to the control: it looks at the code first. Only a test tells.`,
    }),
  ];
}

function switchCheck(asking: Asking, other: TokenAuthMethod, said: string): Check {
  const now = AUTH_METHOD_LABELS[asking.connection.tokenAuthMethod];
  const then = AUTH_METHOD_LABELS[other];
  return finding({
    id: "credentials",
    status: "failed",
    title: `${now} is refused, ${then} is accepted`,
    did: didOf(asking),
    found: `App ID and Client secret are right. Sent by ${now} the provider answered ${said}, sent by ${then} it complained about the code alone.`,
    field: "token_auth_method",
    remedies: [{ label: `Switch to ${then}`, set: { token_auth_method: other } }],
  });
}

function refusedCheck(asking: Asking, said: string): Check {
  const { connection } = asking;
  const publicly = isPublic(connection);
  return finding({
    id: "credentials",
    status: "failed",
    title: publicly
      ? "The App ID was not accepted without a secret"
      : "App ID or Client secret was not accepted",
    did: didOf(asking),
    found: `The provider answered ${said}. ${
      publicly
        ? "Compare the App ID letter for letter, or choose POST and enter the client secret."
        : "Copy both from your provider again, without spaces at either end."
    }`,
    field: publicly ? "client_id" : "client_secret",
  });
}

async function refused(asking: Asking, said: string): Promise<Check[]> {
  const { connection } = asking;
  for (const other of sendsSecret(connection) ? othersOf(connection) : []) {
    const verdict = await asking.ask(connection, other, `by ${AUTH_METHOD_LABELS[other]}`);
    if (verdict?.kind === "code") return [switchCheck(asking, other, said)];
  }
  const previous = withPrevious(connection);
  const verdict =
    previous && (await asking.ask(previous, previous.tokenAuthMethod, "with the previous secret"));
  if (verdict?.kind !== "code") return [refusedCheck(asking, said)];
  return [
    finding({
      id: "credentials",
      status: "failed",
      title: "Only the previous client secret is accepted",
      did: didOf(asking),
      found: `To the new secret the provider answered ${said}. People still get in by the previous one: activate the new secret at the provider, or enter it again.`,
      field: "client_secret",
    }),
  ];
}

/**
 * Whether the provider takes App ID, secret and authentication method, told by what it complains
 * about when the code is made up (reference: protocols §2). At most four token requests, one of them
 * with credentials that are wrong on purpose.
 */
export async function checkCredentials(probe: Probe): Promise<Check[]> {
  const asking = startAsking(probe);
  const { connection } = asking;
  const method = connection.tokenAuthMethod;
  const first = await asking.ask(connection, method, `by ${AUTH_METHOD_LABELS[method]}`);
  if (!first) return [];
  if (first.kind === "none") {
    const { title, words } = first.problem;
    const about = { id: "credentials", did: didOf(asking), field: "token_url" };
    return [finding({ ...about, status: "failed", title, found: words })];
  }
  return first.kind === "client" ? refused(asking, first.said) : accepted(asking, first);
}
