import { z } from 'zod';
import { type Context, roles } from '../../ground/platform/context.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { assertOthers } from './assert-owner.ts';
import { type ChangeOutcome, changeMember, getMember } from './owner-changes/change-member.ts';

const input = z.strictObject({ email: emailOfKnown, role: z.enum(roles) });

/**
 * Gives a member another role, in force from their next request on. Another owner has a day's notice.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function setRole(ctx: Context, typed: z.input<typeof input>): Promise<ChangeOutcome> {
  const { email, role } = parseInput(input, typed);
  const member = await getMember(ctx, email);
  assertOthers(ctx, member.id);
  if (member.role === role) return 'done';
  return changeMember(ctx, { email, change: { act: 'role', role } });
}
