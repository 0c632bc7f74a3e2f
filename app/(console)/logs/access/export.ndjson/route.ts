import { exportAccess } from "../export-access";

export const GET = (request: Request): Promise<Response> => exportAccess(request, "ndjson");
