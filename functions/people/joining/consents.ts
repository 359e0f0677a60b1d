import { customerIdOf } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { listPlaces } from '../../money/accounts/places.ts';
import { writeHistory } from '../../money/accounts/write-history.ts';
import { getBusiness } from '../../money/business/business.ts';
import { nearestLanguage, offeredLanguages } from '../../money/business/languages.ts';
import { type ConsentKind, consentText } from './consent-texts.ts';
import { listConsentRows } from './find-profile.ts';
import { type ConsentSource, recordConsent } from './record-consent.ts';

/** One thing that was agreed to or withdrawn. */
export interface ConsentItem {
  kind: ConsentKind;
  isGiven: boolean;
  source: ConsentSource;
  at: number;
  language: string;
  text: string;
}

/** Everything the signed-in customer agreed to and withdrew, newest first. @throws {AppError} `unauthenticated` */
export async function listConsents(ctx: Context): Promise<ConsentItem[]> {
  return listConsentRows(ctx.db, { customerId: customerIdOf(ctx) });
}

/** Whether a customer wants news, which nobody does before they said so. */
export async function wantsNews(ctx: Context, { customerId }: { customerId: string }): Promise<boolean> {
  const rows = await listConsentRows(ctx.db.fresh, { customerId });
  return rows.find(({ kind }) => kind === 'news')?.isGiven ?? false;
}

/**
 * The signed-in customer agrees to news by mail, or withdraws that; saying what holds already writes nothing.
 * @throws {AppError} `unauthenticated`
 */
export async function setNews(
  ctx: Context,
  wish: { isWanted: boolean; language: string | null; source: 'settings' | 'mail' },
): Promise<void> {
  const customerId = customerIdOf(ctx);
  if ((await wantsNews(ctx, { customerId })) === wish.isWanted) return;
  const [[own], business] = await Promise.all([listPlaces(ctx.db.fresh, customerId), getBusiness(ctx)]);
  const language = nearestLanguage(offeredLanguages(business), wish.language);
  const rows = recordConsent({
    customerId,
    text: consentText(business.identity, { kind: 'news', language }),
    isGiven: wish.isWanted,
    source: wish.source,
    at: ctx.now(),
    actor: `customer:${customerId}`,
  });
  if (own === undefined) return void (await ctx.db.write(rows));
  const kind = wish.isWanted ? 'consent_given' : 'consent_withdrawn';
  const detail = { customerId, consent: 'news' };
  await writeHistory(ctx, own.rootId, () => ({ history: { kind, detail }, rows }));
}
