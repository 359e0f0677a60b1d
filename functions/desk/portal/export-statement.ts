import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { choosePlace, listOwnPlaces } from '../../money/accounts/own-places.ts';
import { getBusiness } from '../../money/business/business.ts';
import { ruleNameIn } from '../../money/rewards/rule-name.ts';
import { csvLine, csvNumber } from '../../reach/exports/csv.ts';
import { entryView, findEntries, statementFilter } from './statement-rows.ts';
import type { StatementEntry, StatementQuery } from './statement-types.ts';

const head = [
  'date',
  'kind',
  'rule',
  'source',
  'order_number',
  'amount',
  'currency',
  'balance',
  'valid_until',
  'because',
];

/** So that spreadsheets read letters beyond ASCII as what they are. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rules are called by their names in `language`. */
export type ExportQuery = Omit<StatementQuery, 'page'> & { language: string };

/**
 * The statement as CSV: all entries that the filter leaves, newest first; days in business time, amounts as decimals.
 * @throws {AppError} `not_found` for an account that is not theirs
 */
export async function exportStatement(ctx: Context, asked: ExportQuery): Promise<string> {
  const [business, places] = await Promise.all([getBusiness(ctx), listOwnPlaces(ctx)]);
  const place = await choosePlace(ctx, places, asked.accountId);
  const where = statementFilter(place.rootId, asked, business.timeZone);
  const rows = await findEntries(ctx.db, where, { limit: -1, offset: 0 });
  const lines = rows.map((row) => line(entryView(row, place, business), business.timeZone, asked.language));
  return [BYTE_ORDER_MARK, csvLine(head), ...lines].join('');
}

function line(entry: StatementEntry, timeZone: string, language: string): string {
  const { currency } = entry.amount;
  const money = (minor: bigint) => csvNumber(formatDecimal(minor, currencyExponent(currency) ?? 0));
  return csvLine([
    dayOf(entry.at, timeZone),
    entry.kind,
    entry.ruleName && ruleNameIn(entry.ruleName, language),
    entry.order?.source ?? null,
    entry.order?.number ?? null,
    money(entry.amount.minor),
    currency,
    money(entry.balanceAfter.minor),
    entry.expiresAt === null ? null : dayOf(entry.expiresAt, timeZone),
    entry.because,
  ]);
}
