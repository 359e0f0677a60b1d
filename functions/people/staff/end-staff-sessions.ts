import { z } from 'zod';
import { statement } from '../../../db/query.ts';
import { writeDecision } from '../../ground/decision/write-decision.ts';
import type { Context } from '../../ground/platform/context.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { sessionIdOf } from '../sign-in/session-id.ts';
import { type ChangeOutcome, changeMember, getMember, isProtected } from './owner-changes/change-member.ts';
import { ownerProtected } from './owner-changes/owner-protected.ts';
import { listStaffSessions } from './queries.ts';

const input = z.strictObject({ email: emailOfKnown });

/** Signs a member out everywhere; another owner has a day's notice. @throws {AppError} `not_found`, `forbidden` */
export async function endStaffSessions(ctx: Context, typed: z.input<typeof input>): Promise<ChangeOutcome> {
  const { email } = parseInput(input, typed);
  return changeMember(ctx, { email, change: { act: 'sign-out' } });
}

const oneInput = input.extend({ id: z.string().max(64) });

/**
 * Signs a member out of one browser; one that is over already stays so.
 * @throws {AppError} `not_found`, `forbidden`, `owner_protected` for another owner
 */
export async function endStaffSession(ctx: Context, typed: z.input<typeof oneInput>): Promise<void> {
  const { email, id } = parseInput(oneInput, typed);
  const member = await getMember(ctx, email);
  if (isProtected(ctx.actor, member)) throw ownerProtected();
  const open = await listStaffSessions(ctx.db.fresh, { now: ctx.now() });
  const found = open.find(({ staffId, tokenHash }) => staffId === member.id && sessionIdOf(tokenHash) === id);
  if (found === undefined) return;
  await writeDecision(ctx, {
    rows: [statement('DELETE FROM sessions WHERE token_hash = ?', found.tokenHash)],
    audit: { kind: 'staff.signed-out', subjectKind: 'staff', subjectId: member.id },
  });
}
