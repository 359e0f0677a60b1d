import { z } from 'zod';
import { recordAct } from '../audit/record-act.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { emailOfKnown } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { endSessions } from '../sign-in/session-statements.ts';
import { assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './queries.ts';

const input = z.strictObject({ email: emailOfKnown });

/** Signs a member out everywhere. @throws {AppError} `not_found`, `forbidden` */
export async function endStaffSessions(ctx: Context, given: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const asked = parseInput(input, given);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email: asked.email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  await ctx.db.write([
    endSessions('staff', member.id, null),
    recordAct(ctx, { act: 'staff.signed-out', subjectKind: 'staff', subjectId: member.id }),
  ]);
}
