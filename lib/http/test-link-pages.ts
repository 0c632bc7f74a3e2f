import type { TestRun } from "@/lib/test-runs/schema";
import type { PlainPage } from "./plain-page";

/** The texts that the holder of a shared test link reads. They have no account here. */

const withTeam = (maker: string, team: string | null): string =>
  team === null ? maker : `${maker} of ${team}`;

const until = (at: Date): string =>
  `${at.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" })} UTC`;

export const invitation = (
  { maker, provider, expiresAt }: { maker: string; provider: string; expiresAt: Date },
  team: string | null,
): PlainPage => ({
  title: `${withTeam(maker, team)} asks you to try signing in with ${provider}`,
  why: `This makes no account and no session. ${maker} will see what your provider sends about you: email, groups and other claims.`,
  fixes: [],
  facts: [{ label: "Works once, until", value: until(expiresAt) }],
  button: `Sign in with ${provider}`,
});

export const onTheWay = (provider: string, url: string): PlainPage => ({
  title: `Going to ${provider}`,
  why: "Your browser goes on by itself. If it does not, use the button.",
  fixes: [],
  link: { href: url, label: `Go on to ${provider}` },
  goTo: url,
});

export const usedLink = (): PlainPage => ({
  title: "This test link was used already",
  why: "Each link works for one sign-in, whether it went well or not.",
  fixes: ["Ask whoever sent it for another one."],
});

export const expiredLink = (): PlainPage => ({
  title: "This test link has expired",
  why: "It was not used in the time that it held.",
  fixes: ["Ask whoever sent it for another one."],
});

export const unknownLink = (): PlainPage => ({
  title: "This test link does not work",
  why: "It is not complete, or it was taken back.",
  fixes: [
    "Copy the whole address from the message that you got.",
    "If it still does not work, ask whoever sent it for another one.",
  ],
});

export const busyLink = (): PlainPage => ({
  title: "Too many tests at this moment",
  why: "Gatehouse starts only so many tests in a minute. Your link was not used up.",
  fixes: ["Wait a minute, then open the link again."],
});

export const tooManyGuesses = (): PlainPage => ({
  title: "Too many links that do not work",
  why: "Many test links that do not exist were opened from your network, so Gatehouse answers none for a while.",
  fixes: ["Wait some minutes, then open the link again.", "Copy the whole address of your link."],
});

export const postFromElsewhere = (): PlainPage => ({
  title: "This sign-in did not begin on its own page",
  why: "Another site must not begin a sign-in in your name, so nothing was sent.",
  fixes: ["Open the link that you were sent, and use the button on its page."],
});

export const visitorInOtherBrowser = (): PlainPage => ({
  title: "The answer came back in another browser",
  why: "This browser did not bring the cookie of the browser that began the test, so the sign-in code was not used.",
  fixes: [
    "Ask whoever sent the link for another one.",
    "Open it and sign in within the same browser, with cookies allowed for this site.",
  ],
});

export const notYourResult = (): PlainPage => ({
  title: "This result is not shown here",
  why: "Only the browser that ran the test sees it, for 15 minutes.",
  fixes: ["Ask whoever sent you the link: the result is in their console."],
});

const passed = (run: TestRun): PlainPage => ({
  title: "Your connection works!",
  why: `Thank you, you can close this page. ${run.startedBy} sees the result.`,
  fixes: [],
});

const live = (run: TestRun): PlainPage => ({
  title: `Checking the answer of ${run.loginMethod.name}`,
  why: "The test is still going on.",
  fixes: ["Load this page again in a moment."],
});

const cancelled = (run: TestRun): PlainPage => ({
  title: "The test was cancelled",
  why: `${run.startedBy} ended it before the answer came.`,
  fixes: ["Ask for another link if the test is still wanted."],
});

/**
 * How the run ended, for the browser that ran it. The cause and what to do are there, because its
 * owner may be the provider's admin; what the provider said about a person and all other settings
 * are not.
 */
export function visitorResult(
  run: TestRun,
  clientId: string | null,
  masked: (text: string) => string,
): PlainPage {
  switch (run.state) {
    case "waiting":
    case "running":
      return live(run);
    case "passed":
    case "passed_with_warnings":
      return passed(run);
    case "cancelled":
      return cancelled(run);
    case "failed":
    case "timed_out": {
      const { code, title, cause, fixes } = run.diagnosis;
      return {
        title: masked(title),
        why: `${masked(cause)} ${run.startedBy} sees this too, with every detail.`,
        fixes: fixes.map(masked),
        facts: [
          ...(clientId ? [{ label: "App ID", value: clientId }] : []),
          { label: "Callback URL", value: run.redirectUri },
          { label: "Cause", value: `${code} / ${run.id.slice(0, 8)}` },
        ],
      };
    }
  }
}
