import type { z } from 'zod';
import { insertInto } from '../../../db/query.ts';
import { minimumWaiverEndings, minimumWaivers } from '../../../db/schema/index.ts';
import { allow, allowRole } from '../../ground/platform/allow.ts';
import type { Alongside } from '../../ground/platform/alongside.ts';
import { instantText } from '../../ground/platform/answer.ts';
import { addDays, dayOf, startOfDay } from '../../ground/platform/business-time.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { newId } from '../../ground/platform/ids.ts';
import { parseInput, wrongField } from '../../ground/platform/parse-input.ts';
import { writeHistory } from '../accounts/write-history.ts';
import { getBusiness } from '../business/business.ts';
import { findWaiver, listRunningOf } from './queries.ts';
import { type EndedAnswer, type WaiverAnswer, waiveInput } from './schema.ts';
import { toWaiverAnswer } from './to-answer.ts';

const insertWaiver = insertInto(minimumWaivers);
const insertEnding = insertInto(minimumWaiverEndings);

/** Who may waive: owners and managers, and keys. @throws {AppError} `forbidden`, `scope_missing`, `unauthenticated` */
function allowWaiving({ actor }: Pick<Context, 'actor'>): void {
  allow(actor, 'customers:write');
  if (actor.kind === 'staff') allowRole(actor, ['owner', 'manager']);
}

/**
 * Lets one root account off the minimum of its orders and vouchers, from now through a business day or until it is ended; what
 * ran before ends with it.
 * @throws {AppError} `not_found`, `validation_failed`, `forbidden`
 */
export async function waiveMinimum(
  ctx: Context,
  input: z.input<typeof waiveInput>,
  options: Alongside<WaiverAnswer> = {},
): Promise<WaiverAnswer> {
  allowWaiving(ctx);
  const { account, until, reason } = parseInput(waiveInput, input);
  const { timeZone } = await getBusiness(ctx);
  const at = ctx.now();
  if (until !== null && until < dayOf(at, timeZone))
    throw wrongField('until', 'in_the_past', 'has to be today or a day to come');
  const by = { at, actor: actorName(ctx.actor) };
  const row = {
    ...{ id: newId(), accountId: account, reason, ...by },
    until: until === null ? null : startOfDay(addDays(until, 1), timeZone),
  };
  const answer = toWaiverAnswer({ ...row, by: row.actor }, timeZone);
  return writeHistory(ctx, account, async (seen) => {
    const running = await listRunningOf(seen.db.fresh, { ids: JSON.stringify([account]), now: at });
    return {
      rows: [...running.map(({ id }) => insertEnding({ waiverId: id, ...by })), insertWaiver(row)],
      history: { kind: 'minimum_waived', detail: { waiver: row.id, until } },
      audit: {
        kind: 'minimum.waived',
        subjectKind: 'account',
        subjectId: account,
        detail: { waiver: row.id, until },
      },
      beside: options.alongside?.(answer, 201) ?? [],
      result: answer,
    };
  });
}

/** Ends a waiver that runs, at once. @throws {AppError} `not_found`, also for one that is over, `forbidden` */
export async function endWaiver(
  ctx: Context,
  { id }: { id: string },
  options: Alongside<EndedAnswer> = {},
): Promise<EndedAnswer> {
  allowWaiving(ctx);
  const [waiver] = await findWaiver(ctx.db.fresh, { id });
  if (waiver === undefined) throw gone();
  const { accountId } = waiver;
  const now = ctx.now();
  const answer = { id, accountId, endedAt: instantText(now) };
  return writeHistory(ctx, accountId, async (seen) => {
    const running = await listRunningOf(seen.db.fresh, { ids: JSON.stringify([accountId]), now });
    if (!running.some((one) => one.id === id)) throw gone();
    return {
      rows: [insertEnding({ waiverId: id, at: now, actor: actorName(ctx.actor) })],
      history: { kind: 'minimum_waiver_ended', detail: { waiver: id } },
      audit: {
        kind: 'minimum.waiver-ended',
        subjectKind: 'account',
        subjectId: accountId,
        detail: { waiver: id },
      },
      beside: options.alongside?.(answer, 201) ?? [],
      result: answer,
    };
  });
}

const gone = () => new AppError('not_found', 'There is no such waiver.');
