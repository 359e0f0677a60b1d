import type { z } from 'zod';
import { statement } from '../../../db/query.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { type RefundOf, recordRefund } from '../../money/orders/record-refund.ts';
import { bookCredit } from './book-credit.ts';
import { assertAllListed, listSettled, refundIdOf, type Settled } from './list-settled.ts';
import { type LoadedReturn, loadReturn } from './load-return.ts';
import { termsIn } from './load-terms.ts';
import { allowCredit, assertMaySettle, assertStands } from './may-settle.ts';
import { inTurn, notMovable, unchangedAnswer, writeOnOrder } from './move-return.ts';
import { planRefund, type WantedLine } from './plan-refund.ts';
import { aboutOrder } from './request-return.ts';
import { type ReturnAnswer, type SettleInput, settleInput } from './schema.ts';
import type { ReturnSplit } from './split.ts';
import { mayBecome } from './state.ts';
import { stateLetters } from './state-letters.ts';
import { freeQuantity, insertReturnEvent } from './statements.ts';
import type { ReturnTerms } from './terms.ts';
import { toldTerms, toReturnAnswer } from './to-answer.ts';

/**
 * Ends a return: what is taken back is refunded on its order, what becomes credit is booked, and rewards follow, all in one atomic
 * write with the state. Of each line as many as were found to be right, all unless said. An exchange moves no money; its order
 * is told that the things are back. Said twice, it is said once.
 * @throws {AppError} `not_found`, `return_not_movable`, `validation_failed`, `refund_exceeds_line`, `forbidden`, `proof_needed`; `credit_to_oneself` where
 * staff would settle a return of an account of their own
 */
export async function settleReturn(
  ctx: Context,
  { reference, ...typed }: { reference: string } & z.input<typeof settleInput>,
  options: Alongside<ReturnAnswer> = {},
): Promise<ReturnAnswer> {
  allow(ctx.actor, 'orders:write');
  const input = parseInput(settleInput, typed);
  return inTurn(ctx, async () => {
    const [loaded, business] = await Promise.all([loadReturn(ctx, { reference }), getBusiness(ctx)]);
    if (loaded.row.state === 'settled' && isSettledSo(loaded, input))
      return unchangedAnswer(ctx, loaded, options);
    if (!mayBecome(loaded.row.state, 'settled')) throw notMovable(loaded);
    const terms = termsIn(business);
    await assertMaySettle(ctx, loaded, { outcome: input.outcome, terms, business });
    assertStands(loaded.order);
    const settling = {
      ...{ loaded, input, business, accepted: acceptedOf(loaded, input) },
      terms: { ...terms, ...toldTerms(loaded.row) },
      settled: await listSettled(ctx, loaded.row.orderId),
    };
    const answer = await write(ctx, settling, options);
    ctx.wakeMail('soon');
    return answer;
  });
}

/** Whether it ended in just that: another outcome, or other counts, were decided by somebody else. */
function isSettledSo(loaded: LoadedReturn, input: SettleInput): boolean {
  if (loaded.row.outcome !== input.outcome) return false;
  const counts = new Map(acceptedOf(loaded, input).map(({ lineId, milli }) => [lineId, milli]));
  return loaded.lines.every(({ lineId, acceptedMilli }) => counts.get(lineId) === acceptedMilli);
}

interface Settling {
  loaded: LoadedReturn;
  business: Business;
  input: SettleInput;
  /** As they were told when it was asked for. */
  terms: ReturnTerms;
  accepted: readonly WantedLine[];
  settled: Settled;
}

/** @throws {AppError} `validation_failed` for a line that was not asked for, or more of it */
function acceptedOf({ lines }: LoadedReturn, { lines: told }: SettleInput): WantedLine[] {
  const all = lines.map(({ lineId, quantityMilli: milli }) => ({ lineId, milli }));
  if (told === undefined) return all;
  const counts = told.map(({ line, quantity }, index) => {
    const asked = all.find(({ lineId }) => lineId === line);
    if (asked === undefined)
      throw wrongField(`lines.${index}.line`, 'unknown_line', 'is not a line of this return');
    const milli = Math.round(quantity * 1000);
    if (milli > asked.milli)
      throw wrongField(`lines.${index}.quantity`, 'too_big', 'is more than was asked for');
    return { lineId: line, milli };
  });
  if (counts.every(({ milli }) => milli === 0))
    throw wrongField('lines', 'required', 'takes nothing back: decline the return instead');
  return all.map(({ lineId }) => counts.find((one) => one.lineId === lineId) ?? { lineId, milli: 0 });
}

const nothing: ReturnSplit = {
  ...{ worthMinor: 0n, moneyMinor: 0n, voucherMinor: 0n },
  ...{ creditMinor: 0n, bonusMinor: 0n },
};

async function write(
  ctx: Context,
  settling: Settling,
  options: Alongside<ReturnAnswer>,
): Promise<ReturnAnswer> {
  const { loaded, input, terms, accepted, settled, business } = settling;
  const { row } = loaded;
  const { outcome } = input;
  const back = accepted.filter(({ milli }) => milli > 0);
  let split = nothing;
  let answer: ReturnAnswer | null = null;
  const statementsOf = (rootId: string) => {
    const decided = decide(ctx, settling, { split, rootId });
    answer = decided.answer;
    return toStatements(ctx, { ...decided.decision, beside: options.alongside?.(decided.answer, 201) ?? [] });
  };
  if (outcome === 'exchange' || isFree(loaded, back)) {
    const detail = { source: row.source, number: row.number };
    const line = { kind: 'return_settled', detail } as const;
    if (row.state === 'received') {
      const { rootId } = loaded.order;
      await writeHistory(ctx, rootId, () => ({
        ...{ history: line, beside: statementsOf(rootId), result: null },
      }));
    } else {
      const settled = ({ accountId }: { accountId: string | null }) => {
        const rootId = accountId ?? row.rootId;
        return [...toStatements(ctx, { histories: [{ ...line, rootId }] }), ...statementsOf(rootId)];
      };
      await writeOnOrder(ctx, loaded, 'received', settled);
    }
  } else {
    const refund: RefundOf = (order, { byVouchers }) => {
      assertStands(order);
      assertAllListed(order, settled);
      const about = { lines: back, settled: settled.milliByLine, outcome, terms, byVouchers };
      const planned = planRefund(order, about);
      split = planned.split;
      allowCredit(ctx, business, split.creditMinor);
      const { currency, lines } = planned.refund;
      return { id: refundIdOf(row.id), at: ctx.now(), reason: row.reference, currency, lines };
    };
    await recordRefund(
      ctx,
      { source: row.source, number: row.number, refund },
      {
        alongside: ({ accountId }) => statementsOf(accountId ?? row.rootId),
        books: bookCredit(ctx, { returnId: row.id, amount: () => split.creditMinor }),
      },
    );
  }
  return answer ?? toReturnAnswer(await loadReturn(ctx, { id: row.id }));
}

/** What cost nothing, or was given back by hand before, is no refund. */
function isFree({ order }: LoadedReturn, back: readonly WantedLine[]): boolean {
  const terms = { creditBonus: '0', vouchers: 'lost' } as const;
  const about = { lines: back, settled: new Map(), outcome: 'refund', terms, byVouchers: 0n } as const;
  return planRefund(order, about).refund.lines.length === 0;
}

function decide(
  ctx: Context,
  { loaded, input, accepted, terms }: Settling,
  { split, rootId }: { split: ReturnSplit; rootId: string },
): { answer: ReturnAnswer; decision: Decision } {
  const { row, lines } = loaded;
  const { outcome, note } = input;
  const at = ctx.now();
  const seq = row.seq + 1;
  const { worthMinor, moneyMinor, voucherMinor, bonusMinor, creditMinor } = split;
  const creditRootId = creditMinor > 0n ? rootId : null;
  const event = { returnId: row.id, seq, kind: 'settled' as const, note, at, actor: actorName(ctx.actor) };
  const after = {
    ...{ ...row, state: 'settled' as const, seq, stateAt: at },
    ...{ outcome, worthMinor, moneyMinor, voucherMinor, bonusMinor, creditMinor, creditRootId },
  };
  const milliOf = new Map(accepted.map(({ lineId, milli }) => [lineId, milli]));
  const done = lines.map((line) => ({ ...line, acceptedMilli: milliOf.get(line.lineId) ?? 0 }));
  // What was exchanged is with the customer again, and may go back like what it stands for.
  const kept = (line: (typeof done)[number]) =>
    outcome === 'exchange' ? line.quantityMilli : line.quantityMilli - line.acceptedMilli;
  return {
    answer: toReturnAnswer({ ...loaded, row: after, lines: done, events: [...loaded.events, event] }),
    decision: {
      rows: [
        insertReturnEvent(event),
        statement(
          `UPDATE returns SET state = 'settled', seq = ?, state_at = ?, outcome = ?, worth_minor = ?, money_minor = ?,
           voucher_minor = ?, bonus_minor = ?, credit_minor = ?, credit_root_id = ? WHERE id = ?`,
          ...[
            seq,
            at,
            outcome,
            worthMinor,
            moneyMinor,
            voucherMinor,
            bonusMinor,
            creditMinor,
            creditRootId,
            row.id,
          ],
        ),
        ...done.map(({ lineId, acceptedMilli }) =>
          statement(
            'UPDATE return_lines SET accepted_milli = ? WHERE return_id = ? AND line_id = ?',
            ...[acceptedMilli, row.id, lineId],
          ),
        ),
        ...done
          .filter((line) => kept(line) > 0)
          .map((line) => freeQuantity({ orderId: row.orderId, lineId: line.lineId, milli: kept(line) })),
      ],
      letters: stateLetters(terms, after, { note, hasLabel: false, readers: loaded.readers }),
      audit: { kind: 'return.settled', ...aboutOrder(row) },
    },
  };
}
