import { viewerAction } from "@/lib/admins/admin-action";
import { env } from "@/lib/kit/env";
import { driftSchema } from "@/lib/login-methods/drift/schema";
import { driftOf } from "@/lib/login-methods/drift/store";
import { jsonAction } from "../json-action";

const action = viewerAction(driftSchema, (input, viewer) => driftOf(viewer, input));

export const POST = (request: Request) => jsonAction(request, env().url, action);
