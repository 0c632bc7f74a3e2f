import type { PlainPage } from "./plain-page";
import type { QueryProblem } from "./query";
import { quotable } from "./query";

/** The texts of the data plane's pages, by what went wrong. */

export const trailingSlash = (callbackUrl: string): PlainPage => ({
  title: "This callback URL has a slash too many",
  why: "Your provider sent you to the callback URL with a slash at its end. Redirect URIs are compared letter by letter, so this is another address.",
  fixes: [
    "At the provider, change the redirect URI to the one below, with no slash at the end.",
    "Then sign in or choose Test again.",
  ],
  facts: [{ label: "Callback URL", value: callbackUrl }],
});

export const formPost = (): PlainPage => ({
  title: "Your provider answered with a form",
  why: "The answer came as a POST (response_mode=form_post). Gatehouse asks for the answer in the address, and does not read forms that another site sends.",
  fixes: [
    "At the provider, set the response mode of this application to “query”, or remove the setting.",
    "Check that the response type is “code”.",
  ],
});

export const wrongMethod = (method: string): PlainPage => ({
  title: "This address is opened by a browser",
  why: `The request used the method ${quotable(method, 20)}; a sign-in comes back with GET.`,
  fixes: ["Go back to the console and begin again from there."],
});

export const badQuery = (problem: QueryProblem): PlainPage => ({
  title: "The answer of your provider cannot be read",
  why:
    problem.kind === "duplicate"
      ? `The parameter “${quotable(problem.name, 60)}” came more than once, which OAuth does not allow: nobody can tell which one counts.`
      : "The address has more or longer parameters than any sign-in needs.",
  fixes: [
    "Check that the redirect URI at the provider is the plain callback URL, without parameters of its own.",
    "Then choose Test again.",
  ],
});

export const openedByHand = (): PlainPage => ({
  title: "There is nothing to see here by itself",
  why: "This is where providers send people back after a sign-in, and no answer of a provider came with this visit.",
  fixes: [
    "If you came from a sign-in, check that the provider uses the response type “code” and the response mode “query”: an answer behind a # never reaches Gatehouse.",
    "Otherwise go to the console and choose Test.",
  ],
});

export const missingState = (): PlainPage => ({
  title: "The answer does not say which sign-in it belongs to",
  why: "It holds a sign-in code but no state, which a provider must send back unchanged. The code was not used.",
  fixes: [
    "Check for a proxy, or a page of the provider, that drops parameters from the address.",
    "Then choose Test again.",
  ],
});

export const unverifiedProviderError = (error: string, description: string | null): PlainPage => ({
  title: "Your provider reported an error",
  why: "It came without the state parameter, so Gatehouse cannot tell which sign-in it belongs to. The words below are the sender's and were not verified.",
  fixes: [
    "Look for this error in the log of the provider.",
    "Compare App ID, redirect URI and scopes with what is registered there.",
    "Then choose Test again.",
  ],
  facts: [
    { label: "Error (not verified)", value: quotable(error, 120) },
    ...(description ? [{ label: "Description (not verified)", value: quotable(description) }] : []),
  ],
});

export const unknownState = (): PlainPage => ({
  title: "This sign-in is not known here",
  why: "It was used before, took too long, began in another browser, or its login method was deleted.",
  fixes: [
    "If you were signing in to an application, open it again.",
    "If you were testing a login method, go to the console, choose Test again, and finish in the browser in which you began, within 10 minutes.",
  ],
});

export const otherBrowser = (): PlainPage => ({
  title: "The answer came back in another browser",
  why: "This browser did not bring the cookie of the browser that began the test, so the sign-in code was not used.",
  fixes: [
    "Start the test and sign in within the same browser and profile.",
    "Open the console under the address in GATEHOUSE_URL: localhost and 127.0.0.1 are different sites to a browser.",
    "Allow cookies for this site.",
  ],
});

export const unknownTicket = (): PlainPage => ({
  title: "This test link does not work",
  why: "It is not complete, or its test is no longer kept.",
  fixes: ["Go to the console and choose Test again."],
});

export const notFound = (): PlainPage => ({
  title: "There is no such page",
  why: "Gatehouse does not answer this address.",
  fixes: ["Check the address, or go to the console."],
});

export const broken = (): PlainPage => ({
  title: "Gatehouse could not do this",
  why: "Something went wrong inside. Nothing was changed by this visit.",
  fixes: [
    "Go to the console and try again.",
    "If it happens again, look for the reference in the server log.",
  ],
});

export const unavailable = (): PlainPage => ({
  title: "Gatehouse cannot reach its database",
  why: "So it cannot tell which sign-in this is.",
  fixes: ["Wait a moment and begin again.", "If you run Gatehouse, look at /readyz and the log."],
});
