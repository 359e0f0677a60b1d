import { assert } from '../platform/errors.ts';
import type { ColumnMap } from './column-map.ts';
import { readRows } from './read-rows.ts';
import { settleRows } from './settle-rows.ts';
import { openStage, type RowStage } from './stage-rows.ts';
import { listAccounts, listErrors, type StagedAccount } from './staged-accounts.ts';
import type { RowError } from './staged-line.ts';
import { listTakeBacks, type StagedTakeBack } from './staged-refunds.ts';
import { type StagingDatabase, withStagingFile } from './staging-file.ts';
import type { Till } from './till.ts';

export interface StageOptions {
  path: string;
  /** Business time: reads days and times without an offset. */
  timeZone: string;
  /** For files that do not say their currency. */
  defaultCurrency: string | null;
  map?: ColumnMap | undefined;
  /** Called now and then with the rows read so far. */
  onProgress?: (rows: number) => void;
}

/** A whole file, checked row by row and grouped. */
export interface StagedOrders {
  till: Pick<Till, 'name' | 'title' | 'ignored'>;
  /** Rows of the file below the header, blank ones left out. */
  rows: number;
  /** Every valid order, by account, in an order that does not depend on that of the rows. */
  accounts(): Generator<StagedAccount>;
  /** Goods taken back of sales that are not in the file, by order. */
  refunds(): Generator<StagedTakeBack>;
  /** One error per refused order (and per row that names none), by line; complete once `accounts` has run through. */
  errors(): Generator<RowError>;
}

/**
 * Reads, checks and groups an orders file in flat memory by way of a temporary database, then hands it to `use`.
 * @throws AppError when the file cannot be read or its headers are not known; rows never throw
 */
export function withStagedOrders<T>(
  options: StageOptions,
  use: (staged: StagedOrders) => Promise<T>,
): Promise<T> {
  return withStagingFile(async (db) => {
    const { till, rows, hasNames } = await stageFile(db, options);
    settleRows(db, { hasNames });
    const late: RowError[] = [];
    return use({
      till,
      rows,
      accounts: () => listAccounts(db, (error) => late.push(error)),
      refunds: () => listTakeBacks(db),
      errors: () => listErrors(db, late),
    });
  });
}

async function stageFile(
  db: StagingDatabase,
  options: StageOptions,
): Promise<{ till: Till; rows: number; hasNames: boolean }> {
  let stage: RowStage | null = null;
  let rows = 0;
  for await (const batch of readRows(options.path)) {
    for (const row of batch) {
      if (stage === null) {
        stage = openStage(db, row.cells, options);
      } else {
        stage.take(row);
        rows += 1;
      }
    }
    options.onProgress?.(rows);
  }
  assert(stage !== null, 'a file that could be read has a header');
  return { till: stage.till, rows, ...stage.finish() };
}
