import { z } from 'zod';
import { statement } from '../../db/query.ts';
import { recordAct } from '../audit/record-act.ts';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { emailOfKnown } from '../platform/input.ts';
import { parseInput } from '../platform/parse-input.ts';
import { endSessions } from '../sign-in/session-statements.ts';
import { endLinks } from './add-staff.ts';
import { assertOthers, assertOwner } from './assert-owner.ts';
import { findStaffByEmail } from './queries.ts';

const input = z.strictObject({ email: emailOfKnown });

/**
 * Shuts a member out: sessions end at once, links that are still open no longer work.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function disableStaff(ctx: Context, given: z.input<typeof input>): Promise<void> {
  assertOwner(ctx);
  const asked = parseInput(input, given);
  const [member] = await findStaffByEmail(ctx.db.fresh, { email: asked.email });
  if (member === undefined) throw new AppError('not_found', 'Nobody of this address is on the team.');
  assertOthers(ctx, member.id);
  await ctx.db.write([
    statement('UPDATE staff SET disabled_at = coalesce(disabled_at, ?) WHERE id = ?', ctx.now(), member.id),
    endSessions('staff', member.id, null),
    endLinks(member.id, ctx.now()),
    recordAct(ctx, { act: 'staff.shut-out', subjectKind: 'staff', subjectId: member.id }),
  ]);
}
