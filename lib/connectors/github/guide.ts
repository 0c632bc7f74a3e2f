import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Register an OAuth app",
    body: "On GitHub, open the Settings of your organization (or your own) > Developer settings > OAuth apps, and select New OAuth app. Give it a name: people see it when they sign in.",
  },
  {
    title: "Enter the homepage",
    body: "In Homepage URL, paste your team domain.",
    copy: "teamDomain",
  },
  {
    title: "Enter the callback URL",
    body: "In Authorization callback URL, paste this address. It must match exactly: no slash at the end. Select Register application.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "Copy the Client ID (it goes into App ID). Select Generate a new client secret, and copy it.",
    warning: "GitHub shows the client secret once. A lost one has to be replaced.",
  },
  {
    title: "Decide who may sign in",
    body: "Everyone with a GitHub account can sign in, whoever owns the app: let policies name organizations or teams. An organization comes as acme, a team of it as acme/platform.",
    warning:
      "An email address counts only if it is the primary one and GitHub has verified it. GitHub accounts can still belong to people who have left your organization: match organizations, not addresses alone.",
  },
  {
    title: "Let the organization see the app",
    body: "If your organization restricts third-party access, approve the app under the organization's Settings > Third-party Access > OAuth app policy. Otherwise its name and its teams stay hidden.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in. GitHub asks each person once for leave to read their addresses, organizations and teams.",
  },
];
