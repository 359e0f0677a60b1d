import { takeBack } from '../../circle/club/promises/take-back.ts';
import { tellPromise } from '../../circle/club/promises/tell-promise.ts';
import { addDays, dayOf } from '../../ground/platform/business-time.ts';
import { addMonths } from '../../ground/platform/calendar.ts';
import type { Context } from '../../ground/platform/context.ts';
import { waiveMinimum } from '../../money/waivers/waive-minimum.ts';
import { placeOf } from './club-acts.ts';
import { asColleague } from './team.ts';

/** So often the cup was promised, and every so often it was not there: too seldom kept. */
const CUPS = 24;
const BROKEN_EACH = 7;

/** What the counter told of the cup that members get while they wait. */
export async function tellCups(
  ctx: Context,
  { benefitId, emails }: { benefitId: string; emails: readonly string[] },
): Promise<void> {
  for (let count = 1; count <= CUPS; count += 1) {
    const { accountId } = await placeOf(ctx, emails[count % emails.length] ?? '');
    const isKept = count % BROKEN_EACH !== 0;
    const note = isKept ? null : 'The machine was being descaled.';
    const day = addDays(dayOf(ctx.now(), 'UTC'), -Math.floor(count / BROKEN_EACH));
    await tellPromise(ctx, { benefitId, account: accountId, kept: isKept, day, note });
  }
  await tellByMistake(ctx, { benefitId, email: emails[0] ?? '' });
}

/** The cup of another guest; taken back once somebody noticed. */
async function tellByMistake(
  ctx: Context,
  { benefitId, email }: { benefitId: string; email: string },
): Promise<void> {
  const { accountId } = await placeOf(ctx, email);
  const { id } = await tellPromise(ctx, { benefitId, account: accountId, kept: false });
  await takeBack(ctx, { id, reason: 'It was the cup of another guest.' });
}

/** The studio orders in small lots while it grows. */
export async function waive(ctx: Context, email: string): Promise<void> {
  const { accountId } = await placeOf(ctx, email);
  const until = addMonths(dayOf(ctx.now(), 'UTC'), 6);
  await waiveMinimum(await asColleague(ctx, 'olena'), {
    account: accountId,
    until,
    reason: 'Moves to new rooms and orders in small lots.',
  });
}
