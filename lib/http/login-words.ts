import type { PlainPage } from "./plain-page";

/** The texts of pages that people see on their way into an application. */

const TELL = "If it happens again, tell the people who run it, with the reference below.";

export const unknownApplication = (host: string): PlainPage => ({
  title: "There is no application to sign in to here",
  why: "No application has this address, or the link that brought you is older than a change of it.",
  fixes: [
    "Check the address of the application for a typing mistake, and open it again.",
    "If you came from a bookmark of this page, make one of the application instead.",
    TELL,
  ],
  facts: host ? [{ label: "Address", value: host }] : [],
});

export const otherHost = (teamDomain: string, host: string): PlainPage => ({
  title: "People sign in at another address",
  why: "This page is served on the team domain only, and the request did not come for it.",
  fixes: [
    "Open the application that you want: it leads to the right page by itself.",
    "If you run this Gatehouse: let the proxy pass the Host header on as it came, or set X-Forwarded-Host.",
  ],
  facts: [
    { label: "Team domain", value: teamDomain },
    { label: "Asked for", value: host || "no host that can be read" },
  ],
});

export const signingInElsewhere = (hosts: number): PlainPage => ({
  title: "Signing you in",
  why: `The application has ${hosts} more addresses, and this browser is led through them.`,
  fixes: [],
});

export const partOfPage = (): PlainPage => ({
  title: "This address is to be opened as a page",
  why: "Another page asked for it as one of its parts, such as an image or a script.",
  fixes: ["Open the application that you want: it leads to the right page by itself."],
});

export const tooManyLogins = (): PlainPage => ({
  title: "Too many sign-ins from your network",
  why: "Gatehouse begins only so many sign-ins for one address in a minute.",
  fixes: ["Wait a minute, then load this page again."],
});

export const busy = (): PlainPage => ({
  title: "Many people are signing in at this moment",
  why: "Gatehouse begins only so many sign-ins at one time, and yours has to wait.",
  fixes: ["Load this page again in some seconds."],
});

export const neverTested = (provider: string): PlainPage => ({
  title: `Signing in with ${provider} is not ready yet`,
  why: "It is not known yet whose tokens to trust: nobody has run its test.",
  fixes: [
    "Tell the people who run it, with the reference below: an admin has to choose Test for this login method once.",
    "Choose another way to sign in, if there is one.",
  ],
});

export const loginElsewhere = (): PlainPage => ({
  title: "The sign-in came back in another browser",
  why: "This browser did not bring the cookie of the browser that began the sign-in, so it was broken off and its code was not used.",
  fixes: [
    "Open the application again, and sign in within one browser.",
    "Allow cookies for this site.",
    "If you did not begin any sign-in: somebody sent you their own link. Close this page.",
  ],
});

export const loginExpired = (minutes: number): PlainPage => ({
  title: "The sign-in took too long",
  why: `It was begun more than ${minutes} minutes ago, so its answer was not used.`,
  fixes: ["Sign in again."],
});

export const loginRefused = (): PlainPage => ({
  title: "This sign-in is over",
  why: "It ended without letting you in, and its answer cannot be used again.",
  fixes: ["Sign in again.", TELL],
});

export const changedDuringLogin = (provider: string): PlainPage => ({
  title: `${provider} was changed while you signed in`,
  why: "Its settings were saved again in the meantime, so the answer belongs to the old ones and was not used.",
  fixes: ["Sign in again."],
});

export const methodGone = (provider: string | null): PlainPage => ({
  title: `Signing in with ${provider ?? "this login method"} is not possible any more`,
  why: "It was switched off or taken away while you signed in.",
  fixes: ["Sign in again, and choose another way."],
});

export const applicationGone = (): PlainPage => ({
  title: "This application is not open any more",
  why: "It was switched off or taken away while you signed in, so you were not signed in.",
  fixes: ["Try again later.", TELL],
});

export const endedMeanwhile = (url: string): PlainPage => ({
  title: "You were not signed in",
  why: "Your session or the application ended while you were on the way in.",
  fixes: ["Open the application again.", TELL],
  link: { href: url, label: "Open the application again" },
});

export const notReady = (): PlainPage => ({
  title: "Nobody can sign in at this moment",
  why: "Gatehouse cannot read its settings, so it lets nobody in.",
  fixes: ["Try again in a minute."],
});

export const badState = (): PlainPage => ({
  title: "This link does not work",
  why: "It is where a sign-in ends, and it is not complete, was changed on the way, or is more than a day old.",
  fixes: ["Open the application again: it leads to a new sign-in by itself."],
});

export const stateOfOtherHost = (): PlainPage => ({
  title: "This sign-in belongs to another address",
  why: "It was begun for another host than the one that it came back to, so it was not used.",
  fixes: [
    "Open the application again at the address that you want.",
    "If you run this Gatehouse: let the proxy pass the Host header on as it came, or set X-Forwarded-Host.",
  ],
});

export const notThisBrowser = (): PlainPage => ({
  title: "This browser did not begin the sign-in",
  why: "The cookie of the sign-in did not come back, so nobody can tell that it was begun here.",
  fixes: [
    "Open the application again, and sign in within one browser.",
    "Allow cookies for the application's site.",
    "If somebody sent you this link: close this page.",
  ],
});

export const handoffSpent = (): PlainPage => ({
  title: "This sign-in was used already",
  why: "The link works once, for a minute.",
  fixes: ["Open the application again: if you are signed in, it opens without asking."],
});

export const loop = (host: string, url: string): PlainPage => ({
  title: "Your browser does not keep the sign-in",
  why: `You were signed in several times within seconds, and each time ${host} was opened without its cookie. Gatehouse stopped, or it would have gone on for ever.`,
  fixes: [
    "Allow cookies for this site, and try again. Private windows and some extensions block them.",
    "Open the application with https:// if it has it: cookies of a secure site are not sent without it.",
    "If you run this application: with SameSite “Strict” the cookie does not come along when people arrive from the login page; choose “Lax” or “None” in its cookie settings. Check, too, that its proxy passes cookies on in both directions.",
  ],
  link: { href: url, label: "Try again" },
});
