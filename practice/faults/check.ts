import { sendJson } from "./certificates";
import { goodDocument } from "./discovery";
import { type Fault, type FaultyAddress, type Hook, webPage } from "./fault";

const page =
  (status: number, title: string): Hook =>
  (context) => {
    context.status = status;
    context.remove("location");
    context.type = "html";
    context.body = webPage(title);
  };

/** What shows before anybody signs in: Check configuration tells it, a Test only in part. */
export const CHECK_FAULTS: readonly Fault[] = [
  {
    id: "fault-unregistered-callback",
    title: "Callback URL that is not registered for this client",
    expect:
      "Check configuration: the Callback URL is probably not registered. A Test never returns.",
    hooks: {
      authorization: page(
        400,
        "redirect_uri did not match any of the client's registered redirect_uris",
      ),
    },
  },
  {
    id: "variant-code-first",
    title: "Token URL that looks at the code before the client",
    expect: "Check configuration cannot tell whether the secret is right. A Test passes.",
    code: null,
    hooks: {
      token: (context) => {
        if (context.status !== 401) return;
        context.status = 400;
        context.body = { error: "invalid_grant", error_description: "grant request is invalid" };
      },
    },
  },
  {
    id: "variant-always-asks",
    title: "Sign-in page for prompt=none too",
    expect:
      "Check configuration sees no objection to the Callback URL, and no proof. A Test passes.",
    code: null,
    hooks: {
      authorization: async (context, workshop) => {
        if (context.oidc.params?.prompt !== "none") return;
        await page(200, "Sign in")(context, workshop);
      },
    },
  },
];

export const CHECK_ADDRESSES: readonly FaultyAddress[] = [
  {
    id: "discovery-moved",
    title: "Discovery document of a provider that has moved",
    expect: "The form of a saved login method shows that Token URL and User info URL have changed.",
    field: "discovery_url",
    answer: (_, response, { base }) =>
      sendJson(response, {
        ...goodDocument(base, `${base}/faults/discovery-moved`),
        token_endpoint: `${base}/v2/token`,
        userinfo_endpoint: `${base}/v2/me`,
      }),
  },
];
