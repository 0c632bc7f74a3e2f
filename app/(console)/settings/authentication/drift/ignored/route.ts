import { adminAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { ignoreSchema } from "@/lib/login-methods/drift/schema";
import { ignoreDrift } from "@/lib/login-methods/drift/store";
import { jsonAction } from "../../json-action";

const action = adminAction(ignoreSchema, async (input, admin) => {
  await ignoreDrift(admin, input);
  return null;
});

export const POST = (request: Request) => jsonAction(request, env().url, action);
