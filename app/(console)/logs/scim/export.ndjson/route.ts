import { exportLog } from "../../export-log";
import { scimLog } from "../exported";

export const GET = exportLog("ndjson", scimLog);
