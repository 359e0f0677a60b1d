import { z } from 'zod';
import { statement } from '../../../../db/query.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Alongside } from '../../../ground/platform/alongside.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { day, optionalName } from '../../../ground/platform/input.ts';
import { parseInput, wrongField } from '../../../ground/platform/parse-input.ts';
import { changeCause, type NewCauseEvent } from './change-cause.ts';
import { type CauseRow, findOwner } from './queries.ts';

export const PROCESS_LENGTH_MAX = 60;
export const convenientFor = ['customers', 'us'] as const;

export const planInput = z.strictObject({
  process: optionalName(PROCESS_LENGTH_MAX).meta({
    description: 'What of the business’s doing it lies in, in its own words, such as delivery.',
    examples: ['Delivery'],
  }),
  convenientFor: z
    .enum(convenientFor)
    .nullish()
    .transform((whom) => whom ?? null)
    .meta({ description: 'For whom it is done that way; null while nobody has said.' }),
  owner: z
    .string()
    .trim()
    .max(254)
    .nullish()
    .transform((who) => who || null)
    .meta({ description: 'Id or email of who of the team sees to it.', examples: ['olena@example.com'] }),
  dueOn: day.nullish().transform((on) => on ?? null),
});
type CausePlan = z.input<typeof planInput>;

/**
 * Says what a cause lies in, for whom that is convenient, who sees to it and by which business day; what is left out is nobody and
 * nothing.
 * @throws {AppError} `not_found`, `validation_failed` (`owner`, `dueOn`), `forbidden`
 */
export async function planCause(
  ctx: Context,
  { id, ...typed }: CausePlan & { id: string },
  options: Alongside<{ id: string }> = {},
): Promise<void> {
  allow(ctx.actor, 'feedback:write');
  const { owner, ...plan } = parseInput(planInput, typed);
  await changeCause(ctx, { id }, async (cause) => {
    const next = { ...plan, ownerId: await ownerOf(ctx, owner, cause) };
    return {
      events: eventsOf(cause, next),
      rows: [
        statement(
          'UPDATE causes SET process = ?, convenient_for = ?, owner_id = ?, due_on = ? WHERE id = ?',
          ...[next.process, next.convenientFor, next.ownerId, next.dueOn, id],
        ),
      ],
      audit: {
        kind: 'cause.planned',
        detail: { process: next.process, to: next.ownerId, dueOn: next.dueOn },
      },
      beside: options.alongside?.({ id }, 200) ?? [],
    };
  });
}

/** Who sees to it; whoever does already may stay, also when they have left. */
async function ownerOf(ctx: Context, who: string | null, cause: CauseRow): Promise<string | null> {
  if (who === null || who === cause.ownerId) return who;
  const found = await findOwner(ctx.db.fresh, { who });
  if (found === null) throw wrongField('owner', 'unknown', 'has to work here and do more than read');
  return found.id;
}

type Planned = Pick<CauseRow, 'process' | 'convenientFor' | 'ownerId' | 'dueOn'>;

function eventsOf(cause: Planned, next: Planned): NewCauseEvent[] {
  const isPlaced = cause.process !== next.process || cause.convenientFor !== next.convenientFor;
  return [
    ...(isPlaced ? [{ kind: 'placed' } as const] : []),
    ...(cause.ownerId === next.ownerId ? [] : [{ kind: 'given', subjectId: next.ownerId } as const]),
    ...(cause.dueOn === next.dueOn ? [] : [{ kind: 'due_set' } as const]),
  ];
}
