/** The part of autocannon that the benchmark uses; the package brings no types. */
declare module 'autocannon' {
  namespace autocannon {
    interface Request {
      method?: string | undefined;
      path?: string | undefined;
      headers?: Record<string, string | undefined>;
      body?: string;
    }
    interface Options {
      url: string;
      duration: number;
      connections: number;
      requests: { setupRequest: (request: Request) => Request }[];
    }
    interface Result {
      '2xx': number;
      non2xx: number;
      errors: number;
      timeouts: number;
      duration: number;
      latency: { p50: number; p99: number };
    }
  }
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;
  export default autocannon;
}
