import { writeDecision } from '../../../ground/decision/write-decision.ts';
import type { SheetRow } from '../../../ground/formats/table.ts';
import { allow, allowProven } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { currencyExponent, formatDecimal } from '../../../ground/platform/money.ts';
import { mayReadPersonal } from '../../../ground/platform/personal.ts';
import { listPayouts } from '../../../money/redemptions/payouts/list-payouts.ts';
import type { Payout } from '../../../money/redemptions/payouts/payout.ts';
import type { PayoutState } from '../../../money/redemptions/payouts/steps.ts';
import { csvNumber } from '../../../reach/exports/csv.ts';
import { momentText } from '../../../reach/exports/days.ts';
import { streamOf } from '../../../reach/exports/stream-of.ts';
import { writeRows } from '../../../reach/exports/write-rows.ts';

const ROWS_PER_STEP = 500;

const columns = [
  'id',
  'kind',
  'asked_at',
  'customer_name',
  'customer_email',
  'member_number',
  'account_id',
  'currency',
  'amount',
  'where_to',
  'state',
  'done_at',
  'payment_reference',
  'reason',
] as const;

/**
 * The payouts and donations in one state as a CSV, such as what is to pay, for a bank or a bookkeeper; who took it stands
 * in the log. Analysts get nobody's name or address.
 * @throws {AppError} as `listPayouts`, and `proof_needed`
 */
export async function downloadPayouts(ctx: Context, state: PayoutState): Promise<ReadableStream<Uint8Array>> {
  allow(ctx.actor, 'redemptions:read');
  if (mayReadPersonal(ctx.actor)) allowProven(ctx);
  await writeDecision(ctx, {
    audit: { kind: 'payouts.exported', subjectKind: 'export', subjectId: 'payouts', detail: { state } },
  });
  return streamOf(writeRows({ columns, pages: pagesOf(ctx, state) }, 'csv'));
}

async function* pagesOf(ctx: Context, state: PayoutState): AsyncGenerator<SheetRow[]> {
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listPayouts>> = await listPayouts(ctx, {
      state,
      cursor,
      limit: ROWS_PER_STEP,
    });
    yield page.items.map((payout) => rowOf(payout, mayReadPersonal(ctx.actor) ? payout.person : null));
    cursor = page.nextCursor;
  } while (cursor !== null);
}

function rowOf({ amount, paid, returned, ...payout }: Payout, person: Payout['person'] | null): SheetRow {
  const done = paid ?? returned;
  return [
    payout.id,
    payout.kind,
    momentText(payout.at, null),
    person?.name ?? null,
    person?.email ?? null,
    person?.memberNumber ?? null,
    payout.accountId,
    amount.currency,
    csvNumber(formatDecimal(amount.minor, currencyExponent(amount.currency) ?? 2)),
    payout.reference,
    payout.state,
    done === null ? null : momentText(done.at, null),
    paid?.reference ?? null,
    returned?.reason ?? null,
  ];
}
