import { type RunParams, sendReport } from "../send-report";

export const GET = (request: Request, context: RunParams): Promise<Response> =>
  sendReport(request, context, "trace.har");
