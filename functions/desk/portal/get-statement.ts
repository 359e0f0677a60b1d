import type { Context } from '../../ground/platform/context.ts';
import { pageCount, ROWS_A_PAGE } from '../../ground/platform/paging.ts';
import { choiceOf, choosePlace, listOwnPlaces } from '../../money/accounts/own-places.ts';
import { type RuleTotal, totalsByKey } from '../../money/accounts/root.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { versionKey } from '../../money/rewards/compile.ts';
import { pendingOf, totalKey } from '../../money/rewards/settle.ts';
import { listOpenLots, listTotalsOf } from '../../people/customers/list-figures.ts';
import { currencyOf, figuresOf } from './figures.ts';
import { listPendingMoments, listVouchers } from './queries.ts';
import { countRows, entryView, findEntryYears, findRows, statementFilter } from './statement-rows.ts';
import type { RewardsStatement, StatementQuery } from './statement-types.ts';
import { voucherView } from './voucher-view.ts';
import { yearsOf } from './years.ts';

/** As many as a page can bear that is printed whole; the file has all. */
const WHOLE_ROWS_MAX = 1000;

/**
 * The signed-in customer's statement: every entry with its explanation, newest day first, what is pending and what
 * lapses. What an order brought or took at one moment stands together; pages count such rows.
 * A page beyond the last shows the last.
 * @throws {AppError} `not_found` for an account that is not theirs
 */
export async function getStatement(ctx: Context, asked: StatementQuery): Promise<RewardsStatement> {
  const [business, places] = await Promise.all([getBusiness(ctx), listOwnPlaces(ctx)]);
  const place = await choosePlace(ctx, places, asked.accountId);
  const { db } = ctx;
  const { rootId } = place;
  const { timeZone } = business;
  const now = ctx.now();
  const where = statementFilter(rootId, asked, timeZone);
  const pageOf = (page: number) =>
    asked.isWhole
      ? findRows(db, { rootId, where, limit: WHOLE_ROWS_MAX, offset: 0 })
      : findRows(db, { rootId, where, limit: ROWS_A_PAGE, offset: (page - 1) * ROWS_A_PAGE });
  const [totalRows, lots, moments, vouchers, found, total, years, currency] = await Promise.all([
    listTotalsOf(db, { rootId }),
    listOpenLots(db, { rootId }),
    listPendingMoments(db, { rootId }),
    listVouchers(db, { rootId }),
    pageOf(asked.page),
    countRows(db, where),
    findEntryYears(db, rootId),
    currencyOf(ctx, business, rootId),
  ]);
  const totals = totalsByKey(totalRows);
  const pages = asked.isWhole ? 1 : pageCount(total);
  const page = Math.min(asked.page, pages);
  const rows = page === asked.page ? found : await pageOf(page);
  return {
    account: choiceOf(place),
    mayRedeem: place.mayRedeem,
    accounts: places.map(choiceOf),
    ...figuresOf({ place, currency, totals, lots }, business, now),
    pendingLines: pendingLines(totals, moments, business, currency),
    vouchers: place.departments === null ? vouchers.map((row) => voucherView(row, now, place.mayRedeem)) : [],
    entries: rows.map((row) => ({
      ...entryView(row, place, business),
      balanceAfter: { minor: row.runningMinor, currency: row.currency },
      row: row.top,
    })),
    years: yearsOf(years, timeZone),
    page,
    pages,
    total,
  };
}

/** One line per rule and period; its day is known once everything in it is delivered. */
function pendingLines(
  totals: ReadonlyMap<string, RuleTotal>,
  moments: Awaited<ReturnType<typeof listPendingMoments>>,
  business: Business,
  currency: string,
): RewardsStatement['pendingLines'] {
  return [...totals].flatMap(([key, total]) => {
    const version = business.compiled?.versionByKey.get(versionKey(total.ruleId, total.version));
    const minor = version === undefined ? 0n : pendingOf(version, total);
    if (version === undefined || minor === 0n) return [];
    const moment = moments.find(
      ({ periodStart, ...row }) => totalKey({ ...row, period: { start: periodStart, end: null } }) === key,
    );
    const settlesAt = moment?.isAllKnown === true ? moment.settlesAt : null;
    return [{ ruleName: version.rule.name, amount: { minor, currency }, settlesAt }];
  });
}
