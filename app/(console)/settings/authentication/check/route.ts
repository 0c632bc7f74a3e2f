import { adminAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { checkConfiguration } from "@/lib/login-methods/check/check-configuration";
import { checkSchema } from "@/lib/login-methods/check/schema";
import { jsonAction } from "../json-action";

const action = adminAction(checkSchema, (input, admin) => checkConfiguration(admin, input));

/** Certificates may stand in the form. */
const MAX_BYTES = 262_144;

export const POST = (request: Request) => jsonAction(request, env().url, action, MAX_BYTES);
