import { parentPort, workerData } from 'node:worker_threads';
import { openEmbedded } from '../../../db/embedded.ts';
import { createCaches } from '../../ground/platform/caches.ts';
import { type AccountSpan, checkAccounts } from './check-accounts.ts';
import type { ThreadTask } from './check-in-threads.ts';

const { path, now, defaults }: ThreadTask = workerData;
const reader = { db: openEmbedded(path), cache: createCaches(), defaults, now: () => now };

parentPort?.on('message', async (span: AccountSpan | null) => {
  if (span !== null) {
    parentPort?.postMessage(await checkAccounts(reader, span, () => undefined));
    return;
  }
  reader.db.close();
  parentPort?.close();
});
