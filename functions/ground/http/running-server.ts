/** A server that listens. */
export interface RunningServer {
  port: number;
  /** Takes no new requests, lets running ones end, then resolves. */
  close: () => Promise<void>;
}
