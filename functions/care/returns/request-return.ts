import type { z } from 'zod';
import { isConflictOn } from '../../../db/store.ts';
import type { Decision } from '../../ground/decision/decision.ts';
import { toStatements } from '../../ground/decision/write-decision.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { exactJson } from '../../ground/platform/exact-json.ts';
import { newCode, newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import type { Order } from '../../money/orders/order.ts';
import { tellReturn } from '../../money/orders/tell-return.ts';
import {
  bytesOf,
  checkFiles,
  type KeptFile,
  keepBytes,
  withoutTraces,
} from '../../voice/feedback/attachments.ts';
import type { SentFile } from '../../voice/feedback/file-limits.ts';
import { eventIdOf } from './event-id.ts';
import { findKnown } from './find-known.ts';
import { assertMayAsk } from './limits.ts';
import type { ReturnBasis } from './load-terms.ts';
import type { WantedLine } from './plan-refund.ts';
import type { ReturnRow } from './queries.ts';
import { readAsked, wantedOf } from './read-asked.ts';
import { type RehearsedReturn, rehearse } from './rehearse-return.ts';
import { type RequestInput, type ReturnAnswer, requestInput } from './schema.ts';
import { stateLetters } from './state-letters.ts';
import {
  insertReturn,
  insertReturnEvent,
  insertReturnFile,
  insertReturnLine,
  TOO_MANY,
  takeQuantity,
} from './statements.ts';
import { toReturnAnswer } from './to-answer.ts';

/**
 * Asks to give lines back: the return, its lines, the order's state and the mail that says that it has come are one atomic write.
 * What was told that it would come to is kept with it. The same `key` is one return, however often it is sent; its pictures are
 * safe before a row names them.
 * @throws {AppError} `not_found`, `validation_failed` (the line, and why it may not go back; `too_many_files`, `file_type` and others
 * of `files`), `too_many_requests`, `idempotency_key_reused`, `unauthenticated`
 */
export async function requestReturn(
  ctx: Context,
  typed: z.input<typeof requestInput>,
  { key, files = [], ...options }: { key: string; files?: readonly SentFile[] } & Alongside<ReturnAnswer>,
): Promise<ReturnAnswer> {
  const ownKey = `${actorName(ctx.actor)}:${key}`;
  const input = parseInput(requestInput, typed);
  const checked = (await checkFiles(files)).map(withoutTraces);
  const sent = { key: ownKey, input, files: checked };
  const known = await findKnown(ctx, sent);
  if (known !== null) return known;
  await assertMayAsk(ctx, { bytes: bytesOf(checked) });
  const { basis, wanted, access } = await readAsked(ctx, input, 'orders:write');
  const told = await rehearse(ctx, basis, { lines: wanted, outcome: input.outcome, seesRewards: false });
  const about = { id: newId(), key: ownKey, input, basis, wanted, told, isStaff: access.isStaff, options };
  try {
    const answer = await keepBytes(ctx, checked, (kept) => write(ctx, { ...about, kept }));
    ctx.wakeMail('soon');
    return answer;
  } catch (error) {
    if (isConflictOn(error, TOO_MANY)) {
      // Somebody else was first: the line of which too little is left says so.
      await readAsked(ctx, input, 'orders:write');
      throw wrongField('lines', 'all_back', 'has more than is left of what was bought');
    }
    const first = isConflictOn(error, 'returns.key') ? await findKnown(ctx, sent) : null;
    if (first === null) throw error;
    return first;
  }
}

interface Writing {
  id: string;
  key: string;
  input: RequestInput;
  basis: ReturnBasis;
  wanted: readonly WantedLine[];
  told: RehearsedReturn;
  kept: readonly KeptFile[];
  isStaff: boolean;
  options: Alongside<ReturnAnswer>;
}

async function write(ctx: Context, writing: Writing): Promise<ReturnAnswer> {
  const { id, basis, isStaff, input, options } = writing;
  const { source, number } = basis.order;
  const event = (order: Order) => {
    // Decided on what the order has become since it was asked for.
    wantedOf(input, basis.returnable(order), { isStaff });
    return {
      ...{ id: eventIdOf(id, 'requested'), status: 'return_requested' as const, at: ctx.now() },
      ...{ note: null, carrier: null, trackingNumber: null, trackingUrl: null, parcel: null },
    };
  };
  const { answer, decision } = decide(ctx, writing);
  const beside = options.alongside?.(answer, 201) ?? [];
  const statements = toStatements(ctx, { ...decision, beside });
  await tellReturn(ctx, { source, number, event }, { alongside: () => statements });
  return answer;
}

function decide(ctx: Context, writing: Writing): { answer: ReturnAnswer; decision: Decision } {
  const { id, key, input, basis, wanted, told, kept, isStaff } = writing;
  const { order } = basis;
  const askedBy = ctx.actor.kind === 'customer' ? ctx.actor.id : null;
  const { source, number, customerId, rootId, currency } = order;
  const at = ctx.now();
  const by = { at, actor: actorName(ctx.actor) };
  const nothing = {
    ...{ outcome: null, worthMinor: null, moneyMinor: null, voucherMinor: null, bonusMinor: null },
    ...{ creditMinor: 0n, creditRootId: null },
  };
  const row: ReturnRow = {
    ...{ id, reference: newCode(2), key, orderId: order.id, source, number, rootId, customerId, askedBy },
    currency,
    ...{ wish: input.outcome, note: input.note, told: exactJson(toldOf(told, basis)), state: 'requested' },
    ...{ seq: 1, stateAt: at, ...by, ...nothing },
  };
  const reasons = new Map(input.lines.map(({ line, reason }) => [line, reason]));
  const bought = new Map(order.lines.map(({ lineId, quantityMilli }) => [lineId, quantityMilli]));
  const lines = wanted.map(({ lineId, milli }) => ({
    ...{ returnId: id, lineId, quantityMilli: milli, reason: reasons.get(lineId) ?? 'other' },
    ...{ worthMinor: told.worthByLine.get(lineId) ?? 0n, acceptedMilli: null },
  }));
  const events = [{ returnId: id, seq: 1, kind: 'requested' as const, note: null, ...by }];
  const products = new Map(order.lines.map(({ lineId, product, sku }) => [lineId, product ?? sku]));
  return {
    answer: toReturnAnswer({ row, lines, events, products, pictures: kept.length }),
    decision: {
      rows: [
        insertReturn(row),
        ...lines.map((line) => insertReturnLine(line)),
        ...lines.map(({ lineId, quantityMilli: milli }) =>
          takeQuantity({ orderId: order.id, lineId, milli, boughtMilli: bought.get(lineId) ?? 0 }),
        ),
        ...events.map((one) => insertReturnEvent(one)),
        ...kept.map((file) => insertReturnFile({ ...file, returnId: id, kind: 'picture' })),
      ],
      letters: stateLetters(basis.terms, row, {
        ...{ note: null, hasLabel: false },
        readers: [...new Set([customerId, askedBy ?? customerId])],
      }),
      audit: isStaff ? { kind: 'return.requested', ...aboutOrder(row) } : null,
    },
  };
}

const toldOf = ({ split }: RehearsedReturn, { terms: { creditBonus, vouchers } }: ReturnBasis) => ({
  ...split,
  ...{ creditBonus, vouchers },
});

/** What the log tells a step of a return of. */
export const aboutOrder = ({ orderId, source, number, reference }: ReturnRow) =>
  ({ subjectKind: 'order', subjectId: orderId, detail: { source, number, reference } }) as const;
