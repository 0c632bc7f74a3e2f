"use server";
import { adminAction } from "@/lib/admins/admin-action";
import { checkEndpoint } from "@/lib/scim/simulated-client/check-endpoint";
import { checkEndpointSchema } from "@/lib/scim/simulated-client/schema";

export const checkScimEndpoint = adminAction(checkEndpointSchema, (input, admin) =>
  checkEndpoint(admin, input),
);
