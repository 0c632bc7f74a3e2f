import type { GuideStep } from "../definition";

export const guide: readonly GuideStep[] = [
  {
    title: "Create an application",
    body: "For the whole of a self-managed GitLab: Admin area > Applications > Add new application. On GitLab.com, for a group: the group > Settings > Applications. For yourself: your avatar > Edit profile > Applications.",
  },
  {
    title: "Enter the redirect URI",
    body: "Give it a name, and paste this address into Redirect URI. It must match exactly: no slash at the end. Keep Confidential on.",
    copy: "callbackUrl",
  },
  {
    title: "Choose the scopes",
    body: "Tick openid, profile and email. Without email, GitLab gives the public address only, and most people have none.",
  },
  {
    title: "Copy the App ID and the client secret",
    body: "Save the application, and copy Application ID (it goes into App ID) and Secret (it goes into Client secret).",
    warning: "GitLab shows the secret once. A lost one has to be renewed.",
  },
  {
    title: "Decide who may sign in",
    body: "On GitLab.com, everyone with an account there can sign in, whoever owns the application: let policies name groups or addresses. Groups arrive as paths, such as acme/engineering, and those above them come too.",
    warning:
      "Anyone can make a group on GitLab.com: match whole paths that begin with a group of yours.",
  },
  {
    title: "Save and test",
    body: "Select Save and test, and sign in as one of your users.",
  },
];
