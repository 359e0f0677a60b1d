import { parentPort, workerData } from 'node:worker_threads';
import { portal } from '../src/portal.config.ts';
import { resolveDrizzleByAddress } from './desk/cli/resolve-drizzle.ts';

resolveDrizzleByAddress();
const { workInThread } = await import('./desk/cli/background-work.ts');
const { house } = await import('./rooms.ts');

let isEnding = false;
parentPort?.once('message', () => {
  isEnding = true;
});
parentPort?.unref();
process.exitCode = await workInThread(workerData, { defaults: portal, house, isEnding: () => isEnding });
