import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FileForm, findFileForm as findForm } from '../../../functions/reach/imports/file-form.ts';
import { fileAt } from '../../../functions/reach/imports/on-node/file-at.ts';
import { stagingIn } from '../../../functions/reach/imports/on-node/staging-file.ts';
import { type FileRow, readRows as readRowsOf } from '../../../functions/reach/imports/read-rows.ts';
import { reasonText } from '../../../functions/reach/imports/reason.ts';
import type { StagedAccount } from '../../../functions/reach/imports/staged-accounts.ts';
import type { RowError } from '../../../functions/reach/imports/staged-line.ts';
import {
  type StagedOrders,
  type StageOptions,
  withStagedOrders as withStaged,
} from '../../../functions/reach/imports/staging.ts';

/** Writes a file that is gone after the test. */
export function aFile(content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'import-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'orders.csv');
  writeFileSync(path, content);
  return path;
}

/** The rows of a file of this machine. */
export function readRows(path: string, options: { isRaw?: boolean } = {}): AsyncGenerator<FileRow[]> {
  return readRowsOf(fileAt(path), options);
}

export function findFileForm(path: string, lineLimit: number): Promise<FileForm> {
  return findForm(fileAt(path), lineLimit);
}

type OptionsByPath = Omit<StageOptions, 'file' | 'withStaging'> & { path: string };

function withStagedOrders<T>(
  { path, ...options }: OptionsByPath,
  use: (staged: StagedOrders) => Promise<T>,
): Promise<T> {
  return withStaged({ ...options, file: fileAt(path), withStaging: stagingIn(tmpdir()) }, use);
}

export interface StagedFile {
  till: string;
  rows: number;
  accounts: StagedAccount[];
  errors: (Omit<RowError, 'reason'> & { reason: string })[];
  notes: string[];
}

/** Stages a file whole. */
export function stage(content: string | Buffer, options: Partial<OptionsByPath> = {}): Promise<StagedFile> {
  const path = aFile(content);
  return withStagedOrders(
    { path, timeZone: 'Europe/Paris', defaultCurrency: null, ...options },
    async (staged) => ({
      till: staged.till.name,
      rows: staged.rows,
      accounts: [...staged.accounts('')],
      errors: [...staged.errors()].map((error) => ({ ...error, reason: reasonText(error.reason) })),
      notes: staged.till.notes?.() ?? [],
    }),
  );
}

export function ordersOf(staged: StagedFile): StagedAccount['orders'] {
  return staged.accounts.flatMap(({ orders }) => orders);
}
