import type { GuideStep } from "../definition";
import { clientSteps } from "../google/guide";

export const guide: readonly GuideStep[] = [
  {
    title: "Set up the Google Auth Platform",
    body: "In the Google Cloud console, choose or create a project of your organization, open Google Auth Platform, and enter the app's name and a support address. For Audience, select Internal: then Google itself lets in only the people of your Google Workspace.",
  },
  ...clientSteps,
  {
    title: "Enter your domain",
    body: "Enter the domain of your Google Workspace. Google is asked for accounts of this domain, and Gatehouse refuses every account whose ID token does not name it (hd).",
    warning:
      "Google puts into hd the domain that an account belongs to. If your organization has several domains, test with an account of each.",
  },
  {
    title: "Check that the app is trusted",
    body: "If your organization restricts apps, allow this one in the Google Admin console under Security > Access and data control > API controls > Manage app access.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in with an account of your domain. Google sends an address and a name, but no groups.",
  },
];
