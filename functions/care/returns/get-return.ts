import type { Context } from '../../ground/platform/context.ts';
import { getBusiness } from '../../money/business/business.ts';
import { noteLook } from '../../people/looks/note-look.ts';
import { countRecent } from './count-recent.ts';
import { loadReturn } from './load-return.ts';
import { termsIn } from './load-terms.ts';
import { accessTo } from './own-order.ts';
import type { ReturnAnswer } from './schema.ts';
import type { ReturnSplit } from './split.ts';
import { movesOf, type ReturnState } from './state.ts';
import type { ReturnOutcome } from './terms.ts';
import { bookedIn, type ReturnParts, toldIn, toReturnAnswer } from './to-answer.ts';

/** A return as pages show it. */
export interface ReturnView extends ReturnParts {
  told: ReturnSplit;
  /** What was booked; null until it is settled. */
  booked: ReturnSplit | null;
  events: readonly { kind: ReturnState; at: number; note: string | null; by: string | null }[];
  files: readonly {
    id: string;
    kind: 'picture' | 'label';
    name: string;
    sizeBytes: number;
    isPicture: boolean;
  }[];
  /** What the actor may do with it now. */
  moves: readonly ReturnState[];
  /** Of what is offered: where to bring or send it, by language. */
  how: Readonly<Record<string, string>>;
  outcomes: readonly ReturnOutcome[];
  /** How many the account asked for within 365 days, and whether that is as many as are marked; null but for staff. */
  recent: { count: number; isMuch: boolean } | null;
  customerId: string;
}

/** One return, by its reference. @throws {AppError} `not_found`, also for one of an order that is not the actor's */
export async function getReturn(ctx: Context, asked: { reference: string }): Promise<ReturnView> {
  const [loaded, business] = await Promise.all([loadReturn(ctx, asked), getBusiness(ctx)]);
  const { row, order, events, files } = loaded;
  const { isStaff } = await accessTo(ctx, order, 'orders:read');
  const terms = termsIn(business);
  if (isStaff) noteLook(ctx, { customerId: order.customerId, what: 'order' });
  const may = movesOf(row.state);
  return {
    ...loaded,
    told: toldIn(row),
    booked: bookedIn(row),
    events: events.map(({ kind, at, note, by }) => ({ kind, at, note, by: isStaff ? by : null })),
    files: files.map(({ id, kind, name, sizeBytes, mediaType }) => ({
      ...{ id, kind, name, sizeBytes },
      isPicture: mediaType !== 'application/pdf' && mediaType !== 'image/heic',
    })),
    moves: may.filter((move) => (move === 'withdrawn') !== isStaff),
    how: terms.how,
    outcomes: terms.outcomes,
    recent: isStaff ? await countRecent(ctx, { rootId: order.rootId, much: terms.much }) : null,
    customerId: order.customerId,
  };
}

/** The same for programs. @throws {AppError} as it */
export async function getReturnAnswer(ctx: Context, asked: { reference: string }): Promise<ReturnAnswer> {
  return toReturnAnswer(await getReturn(ctx, asked));
}

/** Answers are kept for replays by their reference alone. */
export const keptReturn = {
  keep: ({ reference }: ReturnAnswer) => ({ reference }),
  restore: async (ctx: Context, text: string): Promise<string> => {
    const { reference }: { reference: string } = JSON.parse(text);
    return JSON.stringify(toReturnAnswer(await loadReturn(ctx, { reference })));
  },
};
