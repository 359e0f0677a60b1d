import { z } from 'zod';
import { writeDecision } from '../../../ground/decision/write-decision.ts';
import { allow } from '../../../ground/platform/allow.ts';
import { actorName, type Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { assertAudience } from '../../../money/programme/audience.ts';
import { textsInput } from '../texts.ts';
import { findDrop } from './queries.ts';
import { insertClosing, insertDrop, insertWindow } from './statements.ts';

const windowsInput = z
  .array(z.strictObject({ level: z.string().max(40), opensAt: z.int() }))
  .min(1)
  .max(20);
/** What has to be right before its sequence can be wrong. */
const timesOfDrop = z.object({ closesAt: z.int(), windows: windowsInput });

/** A drop as staff word it; `level` is empty for all members, `segmentId` where they need not be in a segment, too. */
const dropInput = z
  .strictObject({
    texts: textsInput,
    sku: z.string().trim().max(200).nullish(),
    stock: z.int().min(1).max(1_000_000),
    closesAt: z.int(),
    holdHours: z.int().min(1).max(8760).nullish(),
    segmentId: z.string().max(40).nullish(),
    windows: windowsInput,
  })
  .refine(({ closesAt, windows }) => windows.every(({ opensAt }) => opensAt < closesAt), {
    path: ['closesAt'],
    params: { code: 'before_opening' },
    message: 'lies before a window opens',
    when: ({ value }) => timesOfDrop.safeParse(value).success,
  });
export type DropInput = z.input<typeof dropInput>;

/** Announces a drop; members are told by mail when it opens to them. @throws {AppError} `validation_failed` */
export async function createDrop(ctx: Context, input: DropInput): Promise<{ id: string }> {
  allow(ctx.actor, 'customers:write');
  const { texts, sku, stock, closesAt, holdHours, segmentId, windows } = parseInput(dropInput, input);
  await assertAudience(ctx, segmentId || null);
  const id = newId();
  const done = { at: ctx.now(), actor: actorName(ctx.actor) };
  const row = {
    id,
    texts: JSON.stringify(texts),
    sku: sku || null,
    stock,
    closesAt,
    holdHours: holdHours ?? null,
    segmentId: segmentId || null,
  };
  await writeDecision(ctx, {
    rows: [
      insertDrop({ ...row, ...done }),
      ...windows.map(({ level, opensAt }) => insertWindow({ dropId: id, level, opensAt })),
    ],
    audit: { kind: 'drop.announced', subjectKind: 'drop', subjectId: id, detail: { stock } },
  });
  return { id };
}

/** Ends a drop before its time: who has a piece keeps it, nobody moves up any more. @throws {AppError} `not_found`, `drop_not_open` */
export async function closeDrop(ctx: Context, { id, reason }: { id: string; reason: string }): Promise<void> {
  allow(ctx.actor, 'customers:write');
  const [drop] = await findDrop(ctx.db.fresh, { dropId: id });
  if (drop === undefined) throw new AppError('not_found', 'There is no such drop.');
  if (drop.closedAt !== null) throw new AppError('drop_not_open', 'The drop is closed already.');
  const closing = insertClosing({
    dropId: id,
    reason: reason.trim().slice(0, 500) || null,
    at: ctx.now(),
    actor: actorName(ctx.actor),
  });
  await writeDecision(ctx, {
    rows: [closing],
    audit: { kind: 'drop.closed', subjectKind: 'drop', subjectId: id },
  });
}
