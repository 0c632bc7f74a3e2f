import { adminAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { discover, discoverSchema } from "@/lib/login-methods/discover";
import { jsonAction } from "../json-action";

const action = adminAction(discoverSchema, (input, admin) => discover(admin, input));

export const POST = (request: Request) => jsonAction(request, env().url, action);
