import { instantOfLocal, startOfDay } from '../../ground/platform/business-time.ts';
import type { ColumnMap } from './column-map.ts';
import type { TextColumn, TillRow } from './columns.ts';
import { openHeads } from './head-rows.ts';
import { packLine } from './packed-line.ts';
import {
  orderOf,
  parseCancelledRow,
  parseNewsRow,
  parseOrderRow,
  parseRefundRow,
  sourceOf,
} from './parse-order-rows.ts';
import type { FileRow } from './read-rows.ts';
import { because, type Reason } from './reason.ts';
import { openSeenKeys } from './seen-keys.ts';
import type { ToldPeople } from './settle-rows.ts';
import { accountKeyOf, type StagedLine, type StagedMoment } from './staged-line.ts';
import { creditKey, openErrors, openWriter, orderKey, type StagingRow } from './staged-rows.ts';
import type { StagingDatabase } from './staging-database.ts';
import type { Till, TillOptions } from './till.ts';
import { recogniseTill } from './tills.ts';

/** Takes the rows below the header one by one into the staging database, the bad ones as errors. */
export interface RowStage {
  till: Till;
  take(row: FileRow): void;
  /** Rows that are no orders, by reason. */
  leftOut: ReadonlyMap<string, number>;
  finish(): ToldPeople;
}

/** @throws AppError when the headers are not known */
export function openStage(
  db: StagingDatabase,
  header: readonly string[],
  options: TillOptions & { map?: ColumnMap | undefined; timeZone: string },
): RowStage {
  const till = recogniseTill(header, options);
  const writer = openWriter(db);
  const errors = openErrors(db);
  const heads = openHeads(db);
  const repeats = openRepeats(db);
  const told = { names: false, keysAlone: false, keysWithEmail: false, creditsOfNobody: false };
  const refuse = (row: TillRow, line: number, reason: Reason) =>
    errors.add({ line, order: orderOf(row), reason }, sourceOf(row));
  const check = (row: TillRow, line: number) => {
    const parsed = parseOrderRow(row, { line, nameOf: till.nameOf });
    if (!parsed.ok) errors.add(parsed.error, sourceOf(row));
    else {
      const staged = toStagingRow(parsed.staged, options.timeZone);
      writer.add(staged);
      repeats.add(staged);
      const { name, key, email, isCredit } = parsed.staged;
      told.names ||= name !== null;
      if (isCredit && email === null && key === null) told.creditsOfNobody = true;
      if (key !== null) told[email === null ? 'keysAlone' : 'keysWithEmail'] = true;
    }
  };
  const refunds = db.prepare('INSERT INTO refunds VALUES (?,?,?)');
  const takeBack = (row: TillRow, line: number) => {
    const parse = row.is_news ? parseNewsRow : row.is_cancelled ? parseCancelledRow : parseRefundRow;
    const parsed = parse(row, { line, nameOf: till.nameOf });
    if (parsed.ok) refunds.run([orderKey(parsed.staged), line, packLine(parsed.staged)]);
    else errors.add(parsed.error, sourceOf(row));
  };
  const leftOut = new Map<string, number>();
  return {
    till,
    leftOut,
    take(row) {
      const read = till.read(row.cells);
      if (read.left_out !== '') {
        leftOut.set(read.left_out, (leftOut.get(read.left_out) ?? 0) + 1);
        if (!read.is_cancelled) return;
      }
      const reason = whyUnreadable(row, header.length);
      if (reason !== null) {
        heads.lose();
        return refuse(read, row.line, reason);
      }
      if (read.is_news) return takeBack(read, row.line);
      const whole = till.isOrderOnFirstRow ? heads.resolve(read, row.line) : read;
      if (whole !== null) check(whole, row.line);
    },
    finish() {
      for (const { line, row, hasHead } of heads.waiting()) {
        if (hasHead) check(row, line);
        else if (row.is_refund || row.is_cancelled) takeBack(row, line);
        else refuse(row, line, because('no_whole_row', { name: till.nameOf(missingFrom(row)) }));
      }
      writer.finish();
      return {
        hasNames: told.names,
        hasKeysToJoin: told.keysAlone && told.keysWithEmail,
        hasCreditsOfNobody: told.creditsOfNobody,
      };
    },
  };
}

/** Notes orders whose rows may lie apart after sorting: they come back later, or next row under another account or time. */
function openRepeats(db: StagingDatabase): { add(row: StagingRow): void } {
  const note = db.prepare('INSERT OR IGNORE INTO repeats VALUES (?)');
  const seen = openSeenKeys();
  let last: StagingRow = ['', 0, '', ''];
  return {
    add(row) {
      const isTogether = row[0] === last[0] && row[1] === last[1];
      if (row[2] === last[2] ? !isTogether : seen.add(row[2])) note.run([row[2]]);
      last = row;
    },
  };
}

/** What the row would have had from the whole row of its order. */
function missingFrom(row: TillRow): TextColumn {
  return row.placed_at === '' ? 'placed_at' : 'currency';
}

function whyUnreadable(row: FileRow, width: number): Reason | null {
  const { cells, problem, line, through } = row;
  if (problem !== null)
    return through > line ? because('lines_left_out', { problem, from: line, through }) : because(problem);
  if (cells.length === width || (cells.length > width && cells.slice(width).every((cell) => cell === ''))) {
    return null;
  }
  return because('row_cells', { cells: cells.length, columns: width });
}

function toStagingRow(staged: StagedLine, timeZone: string): StagingRow {
  const placedAt = instantOf(staged.placedAt, timeZone);
  const key = staged.isCredit ? creditKey(staged) : orderKey(staged);
  return [accountKeyOf(staged), placedAt, key, packLine(staged)];
}

function instantOf(moment: StagedMoment, timeZone: string): number {
  if (moment.kind === 'instant') return moment.ms;
  return moment.kind === 'date' ? startOfDay(moment.date, timeZone) : instantOfLocal(moment.local, timeZone);
}
