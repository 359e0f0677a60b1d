import { assert } from '../../ground/platform/errors.ts';
import type { ColumnMap } from './column-map.ts';
import { type FileForm, findFileForm } from './file-form.ts';
import { recordLimit } from './line-blocks.ts';
import { readRows } from './read-rows.ts';
import { writeRejectedOrders } from './rejected-orders.ts';
import { settleRows, type ToldPeople } from './settle-rows.ts';
import type { SourceFile } from './source-file.ts';
import { openStage, type RowStage } from './stage-rows.ts';
import { listAccounts, listErrors, type StagedAccount } from './staged-accounts.ts';
import type { RowError } from './staged-line.ts';
import { listTakeBacks, type StagedTakeBack } from './staged-refunds.ts';
import { createTables, openErrors, sortKeys } from './staged-rows.ts';
import type { StagingDatabase, WithStagingDatabase } from './staging-database.ts';
import type { Refusal } from './tally.ts';
import type { Till } from './till.ts';
import type { RowSink } from './write-rejected.ts';

export interface StageOptions {
  file: SourceFile;
  withStaging: WithStagingDatabase;
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
  form: FileForm;
  till: Pick<Till, 'name' | 'title' | 'ignored' | 'nameOf' | 'notes'>;
  /** Rows of the file below the header, blank ones left out. */
  rows: number;
  /** Rows that are no orders, by reason. */
  leftOut: ReadonlyMap<string, number>;
  /** Every valid order, by account, in an order that does not depend on that of the rows; only those behind a key, '' for all. */
  accounts(after: string): Generator<StagedAccount>;
  /** Goods taken back of sales that are not in the file, by order; only those behind a key, '' for all. */
  refunds(after: string): Generator<StagedTakeBack>;
  /** Leaves out an order that turned out to be wrong only later; of several errors of one order the first is kept. */
  reject(error: RowError, source: string): void;
  /** What was left out since the file was read, or since this was asked last. */
  takeRefusals(): Refusal[];
  /** One error per rejected order (and per row that names none), by line; complete once `accounts` and `refunds` have run through. */
  errors(): Generator<RowError>;
  /** Writes the rows of the rejected orders, see `writeRejected`. */
  writeRejected(sink: RowSink): Promise<number>;
}

/**
 * Reads, checks and groups an orders file in flat memory by way of a temporary database, then hands it to `use`.
 * @throws AppError when the file cannot be read or its headers are not known; rows never throw
 */
export function withStagedOrders<T>(
  options: StageOptions,
  use: (staged: StagedOrders) => Promise<T>,
): Promise<T> {
  return options.withStaging(async (db) => {
    createTables(db);
    const { form, till, rows, leftOut, ...people } = await stageFile(db, options);
    const terms = { nameOf: till.nameOf, several: till.several ?? {} };
    settleRows(db, { ...terms, ...people });
    if (db.sortsKeys) sortKeys(db);
    const errors = openErrors(db);
    let refusals: Refusal[] = [];
    const reject = (error: RowError, source: string) => {
      errors.add(error, source);
      refusals.push({ ...error, source });
    };
    return use({
      form,
      till,
      rows,
      leftOut,
      accounts: (after) => listAccounts(db, reject, { ...terms, after }),
      refunds: (after) => listTakeBacks(db, after),
      reject,
      takeRefusals() {
        const taken = refusals;
        refusals = [];
        return taken;
      },
      errors: () => listErrors(db),
      writeRejected: (sink) => writeRejectedOrders(db, { file: options.file, form, till, sink }),
    });
  });
}

interface StagedFile extends ToldPeople {
  form: FileForm;
  till: Till;
  rows: number;
  leftOut: ReadonlyMap<string, number>;
}

async function stageFile(db: StagingDatabase, options: StageOptions): Promise<StagedFile> {
  const form = await findFileForm(options.file, recordLimit, options.map?.encoding);
  let stage: RowStage | null = null;
  let rows = 0;
  for await (const batch of readRows(options.file, { form })) {
    for (const row of batch) {
      if (stage === null) {
        stage = openStage(db, row.cells, options);
        await lookThrough(stage.till, options.file, form);
      } else {
        stage.take(row);
        rows += 1;
      }
    }
    options.onProgress?.(rows);
  }
  assert(stage !== null, 'a file that could be read has a header');
  return { form, till: stage.till, rows, leftOut: stage.leftOut, ...stage.finish() };
}

/** Shows the till every row below the header, where it has to see all of them first. */
async function lookThrough({ look }: Till, file: SourceFile, form: FileForm): Promise<void> {
  if (look === undefined) return;
  let isHeader = true;
  for await (const batch of readRows(file, { form })) {
    for (const { cells } of batch) {
      if (!isHeader) look(cells);
      isHeader = false;
    }
  }
}
