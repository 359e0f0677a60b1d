import { z } from 'zod';
import { insertInto, statement } from '../../../../db/query.ts';
import { taskMailWishes } from '../../../../db/schema/index.ts';
import { allow } from '../../../ground/platform/allow.ts';
import type { Context } from '../../../ground/platform/context.ts';
import { AppError } from '../../../ground/platform/errors.ts';
import { newId } from '../../../ground/platform/ids.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';

const insertWish = insertInto(taskMailWishes);

/** An hour of the business's clock; null for no mail. */
const input = z.strictObject({ hour: z.int().min(0).max(23).nullable() });

/** Whether, and at what hour, who asks gets a mail about what is due. */
export async function getTaskMail(ctx: Context): Promise<{ hour: number | null }> {
  const { id } = me(ctx);
  const [row] = await ctx.db.read(
    statement('SELECT is_on, hour FROM task_mail_wishes WHERE staff_id = ? ORDER BY id DESC LIMIT 1', id),
  );
  return { hour: row !== undefined && Number(row[0]) === 1 ? Number(row[1]) : null };
}

/** Nobody but themselves says so. @throws {AppError} `validation_failed`, `forbidden` */
export async function setTaskMail(ctx: Context, told: z.input<typeof input>): Promise<void> {
  const { id } = me(ctx);
  const { hour } = parseInput(input, told);
  if ((await getTaskMail({ ...ctx, db: ctx.db.fresh })).hour === hour) return;
  await ctx.db.write([insertWish({ id: newId(), staffId: id, isOn: hour !== null, hour, at: ctx.now() })]);
}

function me({ actor }: Context): { id: string } {
  allow(actor, 'contacts:write');
  if (actor.kind !== 'staff') throw new AppError('forbidden', 'This is for members of the team alone.');
  return actor;
}
