import type { Advice } from "@/lib/oidc/diagnose";
import { NO_GOOGLE_GROUPS } from "./endpoints";

export const googleAdvice: Advice = {
  no_callback: [
    "Error 400 redirect_uri_mismatch on Google's page means that the Callback URL is not among the Authorized redirect URIs of the client. A change there may take some minutes.",
    "Error 403 access_denied there means that the app is in the testing stage, and this user is not among its test users; org_internal that the app is for another organization.",
  ],
  invalid_client: [
    "In the Google Cloud console, open Google Auth Platform > Clients > your client: compare the Client ID, and add a new client secret if the old one is lost.",
  ],
  claims_missing: [NO_GOOGLE_GROUPS],
  groups_missing: [NO_GOOGLE_GROUPS],
  login_required: [
    "With the prompt none, people must be signed in at Google already, and have consented.",
  ],
};
