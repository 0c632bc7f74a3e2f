import { adminAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { countKeys, keysSchema } from "@/lib/login-methods/discover";
import { jsonAction } from "../json-action";

const action = adminAction(keysSchema, (input, admin) => countKeys(admin, input));

export const POST = (request: Request) => jsonAction(request, env().url, action);
