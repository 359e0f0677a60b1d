import { z } from 'zod';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { endSessions } from '../sign-in/end-sessions.ts';
import { assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './find-staff.ts';

const input = z.strictObject({ email: emailOfKnown });

/** Signs a member out everywhere. @throws {AppError} `not_found`, `forbidden` */
export async function endStaffSessions(ctx: Context, typed: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const { email } = parseInput(input, typed);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  await writeDecision(ctx, {
    rows: [endSessions('staff', member.id, null)],
    audit: { kind: 'staff.signed-out', subjectKind: 'staff', subjectId: member.id },
  });
}
