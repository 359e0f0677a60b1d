import type { Days, SheetRow, Table } from '../../ground/formats/table.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../ground/platform/money.ts';
import { allowNamedFile } from '../../ground/platform/personal.ts';
import { inSteps } from '../../money/accounts/in-steps.ts';
import { getBusiness } from '../../money/business/business.ts';
import { listLedgers } from './account-queries.ts';
import { csvNumber } from './csv.ts';
import { type DaySpan, momentText, spanOf } from './days.ts';
import { listRootsByEmail, type NamedRoot } from './roots-by-email.ts';

const ledgerColumns = [
  'account',
  'email',
  'seq',
  'effective_at',
  'kind',
  'rule',
  'version',
  'period',
  'source',
  'order_number',
  'amount',
  'currency',
  'expires_at',
] as const;

/** Accounts whose entries travel together: enough for few round trips, and few enough for flat memory. */
const ACCOUNTS_PER_PAGE = 100;

/**
 * Every ledger entry by email, account and seq. `account` is empty for a customer's own, `period` the day it begins,
 * `amount` a signed decimal. `since` and `until` are business days of `effective_at`.
 */
export async function exportLedger(ctx: Context, days: Days): Promise<Table> {
  allow(ctx.actor, 'customers:read');
  allowNamedFile(ctx.actor);
  const { timeZone } = await getBusiness(ctx);
  return { columns: ledgerColumns, pages: listPages(ctx, spanOf(days, timeZone)) };
}

async function* listPages(ctx: Context, span: DaySpan): AsyncGenerator<SheetRow[]> {
  for await (const roots of listRootsByEmail(ctx.db)) {
    for (let start = 0; start < roots.length; start += ACCOUNTS_PER_PAGE) {
      const page = roots.slice(start, start + ACCOUNTS_PER_PAGE);
      const steps = await inSteps(
        ctx.db,
        page.map(({ id }) => id),
      );
      for (const step of steps) yield await pageOf(ctx, page.splice(0, step.length), span);
    }
  }
}

async function pageOf(ctx: Context, roots: readonly NamedRoot[], span: DaySpan): Promise<SheetRow[]> {
  const entries = await listLedgers(ctx.db, { ids: JSON.stringify(roots.map(({ id }) => id)), ...span });
  const entriesOf = Map.groupBy(entries, ({ accountId }) => accountId);
  return roots.flatMap((root) => (entriesOf.get(root.id) ?? []).map((entry) => rowOf(root, entry)));
}

function rowOf(root: NamedRoot, entry: Awaited<ReturnType<typeof listLedgers>>[number]): SheetRow {
  const exponent = currencyExponent(entry.currency) ?? 2;
  return [
    root.name,
    root.email,
    entry.seq,
    momentText(entry.effectiveAt, null),
    entry.kind,
    entry.ruleId,
    entry.version,
    entry.periodStart,
    entry.orderSource,
    entry.orderNumber,
    csvNumber(formatDecimal(entry.amountMinor, exponent)),
    entry.currency,
    entry.expiresAt === null ? null : momentText(entry.expiresAt, null),
  ];
}
