import { z } from 'zod';
import { statement } from '../../db/query.ts';
import { recordAct } from '../audit/record-act.ts';
import { type Context, roles } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { emailOfKnown } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { assertOthers, assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './queries.ts';

const input = z.strictObject({ email: emailOfKnown, role: z.enum(roles) });

/** Gives a member another role, in force from their next request on. @throws {AppError} `not_found`, `forbidden` */
export async function setRole(ctx: Context, given: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const { email, role } = parseInput(input, given);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  assertOthers(ctx, member.id);
  if (member.role === role) return;
  await ctx.db.write([
    statement('UPDATE staff SET role = ? WHERE id = ?', role, member.id),
    recordAct(ctx, {
      act: 'staff.role-set',
      subjectKind: 'staff',
      subjectId: member.id,
      detail: { from: member.role, to: role },
    }),
  ]);
}
