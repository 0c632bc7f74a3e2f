import type { GuideStep } from "../definition";

/** The steps that Google and Google Workspace share. */
export const clientSteps: readonly GuideStep[] = [
  {
    title: "Create an OAuth client",
    body: "Still in the Google Auth Platform, open Clients and select Create client. For Application type, select Web application, and give it a name.",
  },
  {
    title: "Enter the redirect URI",
    body: "Under Authorized redirect URIs, select Add URI and paste this address. It must match exactly: no slash at the end. Google accepts https:// addresses, and plain http:// for localhost only.",
    copy: "callbackUrl",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "Select Create, and copy the Client ID (it goes into App ID) and the Client secret.",
    warning: "Google shows the client secret only now. A lost one has to be replaced.",
  },
];

export const guide: readonly GuideStep[] = [
  {
    title: "Set up the Google Auth Platform",
    body: "In the Google Cloud console, choose or create a project, open Google Auth Platform, and enter the app's name and a support address. For Audience, select External.",
    warning:
      "Everyone with a Google Account can sign in to an External app: let policies name addresses or domains. For the people of one organization, add Google Workspace instead.",
  },
  {
    title: "Leave the testing stage",
    body: "While the publishing status under Audience is Testing, only the test users listed there can sign in. Add yours for the first test, and select Publish app later. The scopes used here need no review by Google.",
  },
  ...clientSteps,
  {
    title: "Save and test",
    body: "Select Save and test, and sign in with a Google Account. Google sends an address and a name, but no groups.",
  },
];
