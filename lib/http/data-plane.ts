import type { DataPlane } from "@/lib/kit/data-plane";

/** The one place that makes this capability. Imported by the data plane's doors and by nothing else. */
export const dataPlane = {} as DataPlane;
