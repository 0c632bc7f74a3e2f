import { setFlagsFromString } from "node:v8";

// Loading the modules would widen V8's young generation by some 10 MB that an idle gate never needs.
setFlagsFromString("--semi-space-growth-factor=1");
const { runGate } = await import("@/lib/http/gate-process");
await runGate();
// Under load it may grow: that is cheaper than collecting garbage more often.
setFlagsFromString("--semi-space-growth-factor=2");
