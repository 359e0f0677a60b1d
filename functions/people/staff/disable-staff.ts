import { z } from 'zod';
import type { Context } from '../../ground/platform/context.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput } from '../../ground/platform/parse-input.ts';
import { type ChangeOutcome, changeMember } from './owner-changes/change-member.ts';

const input = z.strictObject({ email: emailOfKnown });

/**
 * Shuts a member out: sessions end at once, links that are still open no longer work. Another owner has a day's notice.
 * @throws {AppError} `not_found`, `forbidden`
 */
export async function disableStaff(ctx: Context, typed: z.input<typeof input>): Promise<ChangeOutcome> {
  const { email } = parseInput(input, typed);
  return changeMember(ctx, { email, change: { act: 'shut-out' } });
}
