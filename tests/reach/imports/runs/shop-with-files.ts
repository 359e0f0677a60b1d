import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { archiveTools } from '../../../../functions/desk/archive/archive-tools.ts';
import { openLargeFolder } from '../../../../functions/ground/files/large-folder.ts';
import type { Context } from '../../../../functions/ground/platform/context.ts';
import { openSink } from '../../../../functions/reach/imports/on-node/by-path.ts';
import { fileAt } from '../../../../functions/reach/imports/on-node/file-at.ts';
import { stagingIn } from '../../../../functions/reach/imports/on-node/staging-file.ts';
import { type RunTools, rejectedName } from '../../../../functions/reach/imports/runs/run-tools.ts';
import { startImportRun } from '../../../../functions/reach/imports/runs/start-import-run.ts';
import { workOnNextRun } from '../../../../functions/reach/imports/runs/work-on-runs.ts';
import { createTestContext } from '../../../support/test-context.ts';

/** A shop with a folder for files, its manager, and what works on them. */
export async function openShopWithFiles(): Promise<{
  ctx: Context;
  tools: RunTools;
  send: (
    text: string,
    sent?: { kind?: 'orders' | 'customers' | 'feedback' | 'managers'; fileName?: string },
  ) => Promise<string>;
  work: () => Promise<void>;
}> {
  const folder = mkdtempSync(join(tmpdir(), 'regulars-runs-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const files = openLargeFolder({ databaseUrl: `file:${folder}/regulars.db` });
  const actor = { kind: 'staff', id: 'manager-1', role: 'manager' } as const;
  const ctx = await createTestContext({ actor, largeFiles: files });
  const tools: RunTools = {
    me: 'here 1 a',
    isGone: (claimedBy) => claimedBy.startsWith('gone'),
    fileOf: ({ id, fileName }) => ({ ...fileAt(files.pathOf(id)), name: fileName }),
    isOver: () => false,
    withStaging: stagingIn(files.folder),
    archive: archiveTools,
    openRejected: (id) => openSink(files.pathOf(rejectedName(id))),
  };
  return {
    ctx,
    tools,
    send: async (text, { kind = 'orders', fileName = 'orders.csv' } = {}) =>
      (await startImportRun(ctx, { kind, fileName }, chunksOf(text))).id,
    work: async () => {
      while (await workOnNextRun(ctx, tools));
    },
  };
}

async function* chunksOf(text: string): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}
