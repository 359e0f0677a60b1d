import { note } from '../accounts/note.ts';
import { listPlaces } from '../accounts/places.ts';
import { getBusiness } from '../business/business.ts';
import { nearestLanguage, offeredLanguages } from '../business/languages.ts';
import { customerIdOf } from '../platform/allow.ts';
import type { Context } from '../platform/context.ts';
import { type ConsentKind, consentText } from './consent-texts.ts';
import { listConsentRows } from './queries.ts';
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
  asked: { isWanted: boolean; language: string | null; source: 'settings' | 'mail' },
): Promise<void> {
  const customerId = customerIdOf(ctx);
  if ((await wantsNews(ctx, { customerId })) === asked.isWanted) return;
  const [[own], business] = await Promise.all([listPlaces(ctx.db.fresh, customerId), getBusiness(ctx)]);
  const language = nearestLanguage(offeredLanguages(business), asked.language);
  const rows = recordConsent({
    customerId,
    text: consentText('news', language),
    isGiven: asked.isWanted,
    source: asked.source,
    at: ctx.now(),
    actor: `customer:${customerId}`,
  });
  if (own === undefined) return void (await ctx.db.write(rows));
  await note(ctx, own.rootId, () => ({
    kind: asked.isWanted ? 'consent_given' : 'consent_withdrawn',
    detail: { customerId, consent: 'news' },
    statements: rows,
    result: null,
  }));
}
