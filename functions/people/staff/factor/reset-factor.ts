import { z } from 'zod';
import type { Context } from '../../../ground/platform/context.ts';
import { emailOfKnown } from '../../../ground/platform/input.ts';
import { parseInput } from '../../../ground/platform/parse-input.ts';
import { type ChangeOutcome, changeMember } from '../owner-changes/change-member.ts';

const input = z.strictObject({ email: emailOfKnown });

/**
 * The way back for who lost their second factor and the codes on paper: neither it nor any passkey counts any longer,
 * their sessions end, and the next sign-in sets up another. Another owner has a day's notice.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function resetFactor(ctx: Context, typed: z.input<typeof input>): Promise<ChangeOutcome> {
  const { email } = parseInput(input, typed);
  return changeMember(ctx, { email, change: { act: 'factor' } });
}
