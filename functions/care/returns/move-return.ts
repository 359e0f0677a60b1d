import type { z } from 'zod';
import type { Decision } from '../../ground/decision/decision.ts';
import { retrying } from '../../ground/decision/retrying.ts';
import { toStatements, writeDecision } from '../../ground/decision/write-decision.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError, assert } from '../../ground/platform/errors.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import type { BesideChange } from '../../money/orders/change-order.ts';
import type { EventStatus } from '../../money/orders/statuses.ts';
import { takeReturnBack, tellReturn } from '../../money/orders/tell-return.ts';
import { checkFiles, type KeptFile, keepBytes } from '../../voice/feedback/attachments.ts';
import type { SentFile } from '../../voice/feedback/file-limits.ts';
import { eventIdOf } from './event-id.ts';
import { SETTLED_SINCE } from './list-settled.ts';
import { type LoadedReturn, loadReturn } from './load-return.ts';
import { termsIn } from './load-terms.ts';
import { accessTo } from './own-order.ts';
import { aboutOrder } from './request-return.ts';
import { moveInput, type ReturnAnswer, refuseInput } from './schema.ts';
import { mayBecome, type ReturnState } from './state.ts';
import { stateLetters } from './state-letters.ts';
import { freeQuantity, insertReturnEvent, insertReturnFile, moveReturn } from './statements.ts';
import { toReturnAnswer } from './to-answer.ts';

interface Named {
  reference: string;
}
type Options = Alongside<ReturnAnswer>;

/**
 * Agrees to a return, with a label to print where one is sent along. Said twice, it is said once.
 * @throws {AppError} `not_found`, `return_not_movable`, `validation_failed` (`files`), `forbidden`
 */
export async function approveReturn(
  ctx: Context,
  { reference, ...typed }: Named & z.input<typeof moveInput>,
  { files = [], ...options }: Options & { files?: readonly SentFile[] } = {},
): Promise<ReturnAnswer> {
  const { note } = parseInput(moveInput, typed);
  const checked = await checkFiles(files);
  let answer: ReturnAnswer | null = null;
  await keepBytes(ctx, checked, async (labels) => {
    const moved = await move(ctx, { reference, to: 'approved', note, labels }, options);
    answer = moved.answer;
    return moved.isNew;
  });
  assert(answer !== null, 'a return was agreed to, or had been');
  return answer;
}

/** Declines a return, which says why. @throws {AppError} `not_found`, `return_not_movable`, `validation_failed` */
export async function refuseReturn(
  ctx: Context,
  { reference, ...typed }: Named & z.input<typeof refuseInput>,
  options: Options = {},
): Promise<ReturnAnswer> {
  const { note } = parseInput(refuseInput, typed);
  return (await move(ctx, { reference, to: 'refused', note }, options)).answer;
}

/** The things have come. @throws {AppError} `not_found`, `return_not_movable` */
export async function receiveReturn(
  ctx: Context,
  { reference, ...typed }: Named & z.input<typeof moveInput>,
  options: Options = {},
): Promise<ReturnAnswer> {
  const { note } = parseInput(moveInput, typed);
  return (await move(ctx, { reference, to: 'received', note }, options)).answer;
}

/** The customer keeps the things after all. @throws {AppError} `not_found`, `return_not_movable` */
export async function withdrawReturn(ctx: Context, { reference }: Named): Promise<ReturnAnswer> {
  return (await move(ctx, { reference, to: 'withdrawn', note: null }, {})).answer;
}

interface Move {
  reference: string;
  to: Exclude<ReturnState, 'requested' | 'settled'>;
  note: string | null;
  labels?: readonly KeptFile[];
}

/** Decided again when somebody else was first, whose step then stands before it. */
export const inTurn = <Result>(ctx: Context, decide: () => Promise<Result>): Promise<Result> =>
  retrying(
    ctx,
    { subject: 'return', conflicts: ['return_events.return_id', 'return_events exists', SETTLED_SINCE] },
    decide,
  );

/** `isNew` is false where it had been said before. */
function move(
  ctx: Context,
  asked: Move,
  options: Options,
): Promise<{ answer: ReturnAnswer; isNew: boolean }> {
  return inTurn(ctx, async () => {
    const loaded = await loadReturn(ctx, asked);
    await accessTo(ctx, loaded.order, asked.to === 'withdrawn' ? 'orders:read' : 'orders:write');
    assertWhose(ctx, asked.to);
    if (loaded.row.state === asked.to)
      return { answer: await unchangedAnswer(ctx, loaded, options), isNew: false };
    if (!mayBecome(loaded.row.state, asked.to)) throw notMovable(loaded);
    const { answer, decision } = await decide(ctx, loaded, asked);
    const beside = options.alongside?.(answer, 201) ?? [];
    const statements = toStatements(ctx, { ...decision, beside });
    await writeOnOrder(ctx, loaded, asked.to, () => statements);
    ctx.wakeMail('soon');
    return { answer, isNew: true };
  });
}

/** A customer takes back what they asked for; all else is the business's. */
function assertWhose({ actor }: Context, to: ReturnState): void {
  if ((actor.kind === 'customer') !== (to === 'withdrawn'))
    throw new AppError('forbidden', 'This is not yours to do.');
}

export async function unchangedAnswer(
  ctx: Context,
  loaded: LoadedReturn,
  options: Options,
): Promise<ReturnAnswer> {
  const answer = toReturnAnswer(loaded);
  await writeDecision(ctx, { beside: options.alongside?.(answer, 200) ?? [] });
  return answer;
}

export const notMovable = ({ row }: Pick<LoadedReturn, 'row'>) =>
  new AppError('return_not_movable', `The return is ${row.state} by now.`);

async function decide(
  ctx: Context,
  loaded: LoadedReturn,
  { to, note, labels = [] }: Move,
): Promise<{ answer: ReturnAnswer; decision: Decision }> {
  const { row, lines } = loaded;
  const at = ctx.now();
  const seq = row.seq + 1;
  const actor = actorName(ctx.actor);
  const event = { returnId: row.id, seq, kind: to, note, at, actor };
  const after = { ...row, state: to, seq, stateAt: at };
  const isOver = to === 'refused' || to === 'withdrawn';
  const terms = termsIn(await getBusiness(ctx));
  const hasLabel = labels.length > 0;
  return {
    answer: toReturnAnswer({ ...loaded, row: after, events: [...loaded.events, event] }),
    decision: {
      rows: [
        insertReturnEvent(event),
        moveReturn(row.id, { state: to, seq, at }),
        ...(isOver
          ? lines.map(({ lineId, quantityMilli: milli }) =>
              freeQuantity({ orderId: row.orderId, lineId, milli }),
            )
          : []),
        ...labels.map((file) => insertReturnFile({ ...file, returnId: row.id, kind: 'label' })),
      ],
      letters:
        to === 'withdrawn' ? [] : stateLetters(terms, after, { note, hasLabel, readers: loaded.readers }),
      audit: to === 'withdrawn' ? null : { kind: `return.${to}`, ...aboutOrder(row) },
    },
  };
}

const statuses: Partial<Record<ReturnState, EventStatus>> = {
  approved: 'return_approved',
  refused: 'return_refused',
  received: 'returned',
};

/** The order is told of it in the same write, beside which `alongside` is written. */
export async function writeOnOrder(
  ctx: Context,
  { row }: LoadedReturn,
  to: Move['to'],
  alongside: NonNullable<BesideChange['alongside']>,
): Promise<void> {
  const { source, number, id } = row;
  const beside = { alongside };
  const status = statuses[to];
  if (status === undefined) {
    const eventIds = [eventIdOf(id, 'requested'), eventIdOf(id, 'approved')];
    await takeReturnBack(ctx, { source, number, eventIds }, beside);
    return;
  }
  const event = () => ({
    ...{ id: eventIdOf(id, to), status, at: ctx.now(), note: null },
    ...{ carrier: null, trackingNumber: null, trackingUrl: null, parcel: null },
  });
  await tellReturn(ctx, { source, number, event }, beside);
}
