import { Server as HttpServer } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

/** How long a kept-alive connection may still bring a request; its answer says that it is the last. */
const GRACE_MS = 1000;
const SWEEP_MS = 100;

export interface Drain {
  watch: (server: NetServer) => void;
  /** To be called with every answer before it is sent: after the end has begun it closes its connection. */
  mark: (outgoing: object) => void;
  /** Takes no new connections, answers what comes on those there are, then resolves. */
  close: () => Promise<void>;
}

/**
 * Ends a server without breaking a request. Closing idle connections at once would break those on which the next request
 * is on its way already: so each is told by the answer before, and only those on which nothing comes are closed.
 */
export function createDrain(): Drain {
  const sockets = new Set<Socket>();
  let watched: NetServer | null = null;
  let isEnding = false;
  return {
    watch: (server) => {
      watched = server;
      server.on('connection', (socket: Socket) => {
        sockets.add(socket);
        socket.once('close', () => sockets.delete(socket));
      });
    },
    mark: (outgoing) => {
      if (isEnding && 'shouldKeepAlive' in outgoing) outgoing.shouldKeepAlive = false;
    },
    close: () => {
      const server = watched;
      isEnding = true;
      if (server === null) return Promise.resolve();
      return new Promise((resolve) => {
        let sweeping: NodeJS.Timeout | undefined;
        const grace = setTimeout(() => {
          sweeping = setInterval(() => closeIdle(server, sockets), SWEEP_MS);
        }, GRACE_MS);
        // Not the method of HTTP servers, which closes idle connections at once.
        NetServer.prototype.close.call(server, () => {
          clearTimeout(grace);
          clearInterval(sweeping);
          resolve();
        });
      });
    },
  };
}

/** Idle for HTTP are connections that had a request; those on which none ever came are closed as well. */
function closeIdle(server: NetServer, sockets: ReadonlySet<Socket>): void {
  if (server instanceof HttpServer) server.closeIdleConnections();
  for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
}
