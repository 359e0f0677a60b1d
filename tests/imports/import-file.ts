import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { StagedAccount } from '../../functions/imports/staged-accounts.ts';
import type { RowError } from '../../functions/imports/staged-line.ts';
import { type StageOptions, withStagedOrders } from '../../functions/imports/staging.ts';

/** Writes a file that is gone after the test. */
export function aFile(content: string | Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'import-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'orders.csv');
  writeFileSync(path, content);
  return path;
}

export interface StagedFile {
  till: string;
  rows: number;
  accounts: StagedAccount[];
  errors: RowError[];
  notes: string[];
}

/** Stages a file whole. */
export function stage(content: string | Buffer, options: Partial<StageOptions> = {}): Promise<StagedFile> {
  const path = aFile(content);
  return withStagedOrders(
    { path, timeZone: 'Europe/Paris', defaultCurrency: null, ...options },
    async (staged) => ({
      till: staged.till.name,
      rows: staged.rows,
      accounts: [...staged.accounts()],
      errors: [...staged.errors()],
      notes: staged.till.notes?.() ?? [],
    }),
  );
}

export function ordersOf(staged: StagedFile): StagedAccount['orders'] {
  return staged.accounts.flatMap(({ orders }) => orders);
}
