import { exportLog } from "../../export-log";
import { accessLog } from "../exported";

export const GET = exportLog("csv", accessLog);
