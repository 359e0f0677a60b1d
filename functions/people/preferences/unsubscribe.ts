import { dayOf } from '../../ground/platform/business-time.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { getBusiness } from '../../money/business/business.ts';
import { followUnsubscribeLink } from './follow-link.ts';
import { getPreferences } from './get-preferences.ts';
import { setPreferences } from './set-preferences.ts';
import { switched } from './switched.ts';

/**
 * Ends mail of a topic for whoever holds one, signed in or not: the token in its foot is all they need. Begins it again, too,
 * where the mail went to an address that still is theirs. How often, and a pause that runs, stay as they were.
 * @throws {AppError} `not_found` when the token is not ours, or may not begin it
 */
export async function unsubscribe(
  ctx: Context,
  {
    token,
    isOn,
    source,
    shownIn,
  }: { token: string; isOn: boolean; source: 'one_click' | 'mail'; shownIn?: string },
): Promise<void> {
  const holder = await followUnsubscribeLink(ctx, token);
  if (holder === null || (isOn && !holder.isTheirs))
    throw new AppError('not_found', 'This link is not whole.');
  const { customerId, topic } = holder;
  const own = asReader(ctx, customerId);
  const [{ wishes }, { timeZone }] = await Promise.all([
    getPreferences(own, { customerId }),
    getBusiness(ctx),
  ]);
  const today = dayOf(ctx.now(), timeZone);
  await setPreferences(own, {
    ...{ customerId, source },
    ...(shownIn === undefined ? {} : { shownIn }),
    wishes: wishes
      .filter((wish) => wish.topic === topic && wish.channel === 'mail')
      .map((wish) => switched(wish, { isOn, today })),
  });
}

/** Who a signed link speaks for, in nothing but their preferences. */
export function asReader(ctx: Context, customerId: string): Context {
  return { ...ctx, actor: { kind: 'customer', id: customerId } };
}
