import type { buildConnector } from "undici";
import type { ClientTls } from "@/lib/oidc/schema";
import type { Gate } from "./gate";
import { secureContextFor } from "./tls-context";
import { openTunnel } from "./tunnel";

type Connector = buildConnector.connector;

interface Way {
  /** Null for straight to the checked address. */
  proxy: URL | null;
  tls: ClientTls | null;
  /** Milliseconds until the connection stands. */
  timeoutMs: number;
  signal: AbortSignal;
  /**
   * Hears what ended a connection that stood already: with TLS 1.3 a server refuses a client only
   * then (RFC 8446 §4.4.2.4), and undici says no more than that the connection was closed.
   */
  onBroken(error: Error): void;
}

/** To the very address that was checked. */
function direct(gate: Gate, connect: Connector): Connector {
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) return callback(error, null);
      try {
        gate.checkPeer(socket.remoteAddress);
      } catch (refusal) {
        socket.destroy();
        return callback(refusal as Error, null);
      }
      return callback(null, socket);
    });
}

/** In a tunnel of the proxy, where TLS is between us and the target: the proxy sees a name only. */
function tunnelled(gate: Gate, connect: Connector, proxy: URL, way: Way): Connector {
  return (options, callback) => {
    gate
      .throughProxy()
      .then((authority) => openTunnel(proxy, authority, way))
      .then(
        (httpSocket) =>
          options.protocol === "https:"
            ? connect({ ...options, httpSocket }, callback)
            : callback(null, httpSocket),
        (error: Error) => callback(error, null),
      );
  };
}

/** How one request reaches its server. Nothing is connected before the gate has checked it. */
export function connectorFor(
  undici: Pick<typeof import("undici"), "buildConnector">,
  gate: Gate,
  way: Way,
): Connector {
  const connect: Connector = (options, callback) => {
    try {
      const secureContext =
        way.tls && options.protocol === "https:" ? secureContextFor(way.tls) : undefined;
      const { timeoutMs: timeout } = way;
      const open = undici.buildConnector({
        lookup: gate.lookup,
        timeout,
        ...(secureContext && { secureContext }),
      });
      open(options, (error, socket) => {
        if (error) return callback(error, null);
        socket.once("error", way.onBroken);
        return callback(null, socket);
      });
    } catch (error) {
      callback(error as Error, null);
    }
  };
  return way.proxy ? tunnelled(gate, connect, way.proxy, way) : direct(gate, connect);
}
