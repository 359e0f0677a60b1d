import type { ChoosableTopic } from '../../ground/outbox/topics.ts';
import type { Context } from '../../ground/platform/context.ts';
import type { Preferences } from './get-preferences.ts';
import { findHolder, listMergedEmails } from './queries.ts';
import { type LinkClaim, markOf, readPreferencesToken, readUnsubscribeToken } from './tokens.ts';

/** Who a link in a mail is of by now. */
interface LinkHolder {
  customerId: string;
  /** Whether the address that the mail went to still is theirs. */
  isTheirs: boolean;
  email: string | null;
}

/** Whom a link to all preferences opens them for, whoever they were merged into; null for what was never ours or is theirs no more. */
export async function followPreferencesLink(ctx: Context, token: string): Promise<LinkHolder | null> {
  const claim = readPreferencesToken(ctx.config.secret, token);
  const holder = claim && (await findLinkHolder(ctx, claim));
  return holder?.isTheirs ? holder : null;
}

/** Whose mail of which topic a link ends; null when it was never ours. It goes on ending after a change of address. */
export async function followUnsubscribeLink(
  ctx: Context,
  token: string,
): Promise<(LinkHolder & { topic: ChoosableTopic }) | null> {
  const claim = readUnsubscribeToken(ctx.config.secret, token);
  const holder = claim && (await findLinkHolder(ctx, claim));
  return holder && { ...holder, topic: claim.topic };
}

/** What others wrote down of them is not for whoever has a mail that was passed on. */
export function withoutBasis(preferences: Preferences): Preferences {
  const wishes = preferences.wishes.map((wish) => ({
    ...wish,
    said: wish.said && { ...wish.said, basis: null },
  }));
  return { ...preferences, wishes };
}

async function findLinkHolder(
  { db, config }: Context,
  { customerId: first, mark }: LinkClaim,
): Promise<LinkHolder | null> {
  const [holder] = await findHolder(db.fresh, { customerId: first });
  if (holder === undefined || holder.withdrawnAt !== null) return null;
  const { customerId, email } = holder;
  const merged = await listMergedEmails(db.fresh, { customerId });
  const emails = [...(email === null ? [] : [email]), ...merged.map((one) => one.email)];
  return { customerId, email, isTheirs: emails.some((one) => markOf(config.secret, one) === mark) };
}
