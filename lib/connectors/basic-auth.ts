import { hints } from "./definition";
import { requestFields } from "./oidc-base";

const { token_auth_method: post } = requestFields;

/** For providers whose new apps prove themselves by Basic: the same field with another default. */
export const basicAuth = post.unwrap().default("client_secret_basic");

const hint = hints.get(post);
if (hint) hints.add(basicAuth, hint);
