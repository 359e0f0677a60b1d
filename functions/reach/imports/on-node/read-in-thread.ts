import { Worker } from 'node:worker_threads';
import type { WorkbookRows } from '../source-file.ts';

const memory_mb = 512;

/** Reads a workbook in a thread of its own with limited memory, since one can be made to grow without end; null when it did. */
export function readInThread(path: string): Promise<WorkbookRows | null> {
  const worker = new Worker(new URL('./workbook-thread.ts', import.meta.url), {
    workerData: path,
    resourceLimits: { maxOldGenerationSizeMb: memory_mb },
  });
  return new Promise((resolve, reject) => {
    worker.once('message', (told: WorkbookRows) => resolve(told));
    worker.once('error', (error: Error & { code?: string }) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') resolve(null);
      else reject(error);
    });
    worker.once('exit', () => resolve({ reason: 'the reader ended early' }));
  });
}
