import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import { type Context, roles } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { assertOthers, assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './find-staff.ts';

const input = z.strictObject({ email: emailOfKnown, role: z.enum(roles) });

/** Gives a member another role, in force from their next request on. @throws {AppError} `not_found`, `forbidden` */
export async function setRole(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const { email, role } = parseInput(input, typed);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  assertOthers(ctx, member.id);
  if (member.role === role) return;
  await writeDecision(ctx, {
    rows: [statement('UPDATE staff SET role = ? WHERE id = ?', role, member.id)],
    audit: {
      kind: 'staff.role-set',
      subjectKind: 'staff',
      subjectId: member.id,
      detail: { from: member.role, to: role },
    },
  });
}
