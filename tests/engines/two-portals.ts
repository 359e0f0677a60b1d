import type { RunningServer } from '../../functions/ground/http/running-server.ts';
import { type Config, readConfig } from '../../functions/ground/platform/config.ts';

/** Serves several businesses by one process. Usage: node two-portals.ts SETTINGS…, each as JSON. */
const built = new URL('../../dist/node/server/entry.mjs', import.meta.url);
const entry: { start: (config: Config) => Promise<RunningServer> } = await import(built.href);
for (const settings of process.argv.slice(2)) await entry.start(readConfig(JSON.parse(settings)));
