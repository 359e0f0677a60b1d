import { parentPort, workerData } from 'node:worker_threads';
import { openEmbedded } from '../../db/embedded.ts';
import { createCaches } from '../platform/caches.ts';
import { checkAccounts, type Span } from './check-accounts.ts';
import type { ThreadTask } from './check-in-threads.ts';

const { path, now }: ThreadTask = workerData;
const reader = { db: openEmbedded(path), cache: createCaches(), now: () => now };

parentPort?.on('message', async (span: Span | null) => {
  if (span !== null) {
    parentPort?.postMessage(await checkAccounts(reader, span, () => undefined));
    return;
  }
  reader.db.close();
  parentPort?.close();
});
