import { adminAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { shareSchema, shareTest } from "@/lib/test-links/share";
import { jsonAction } from "../json-action";

const action = adminAction(shareSchema, (input, admin) => shareTest(admin, input));

/** As large as the form of a login method may be. */
const MAX_BYTES = 262_144;

export const POST = (request: Request) => jsonAction(request, env().url, action, MAX_BYTES);
