import type { Statement } from '../../../db/store.ts';
import type { HistoryLine } from '../../ground/history/insert-history.ts';
import { customerIdOf } from '../../ground/platform/allow.ts';
import { actorName, type Context } from '../../ground/platform/context.ts';
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
  const planned = await planNews(ctx, { customerId, basis: null, ...wish });
  if (planned === null) return;
  const [own] = await listPlaces(ctx.db.fresh, customerId);
  const { rows, history } = planned;
  if (own === undefined) return void (await ctx.db.write(rows));
  await writeHistory(ctx, own.rootId, () => ({ history, rows }));
}

/** A word about news, of the customer's own or written down by somebody else, who then says on what grounds. */
export interface NewsWord {
  customerId: string;
  isWanted: boolean;
  language: string | null;
  source: ConsentSource;
  basis: string | null;
}

/** What is written of it, and its line in the history; null when it holds already. */
export async function planNews(
  ctx: Context,
  { customerId, isWanted, language, source, basis }: NewsWord,
): Promise<{ rows: Statement[]; history: HistoryLine } | null> {
  if ((await wantsNews(ctx, { customerId })) === isWanted) return null;
  const business = await getBusiness(ctx);
  const inLanguage = nearestLanguage(offeredLanguages(business), language);
  const rows = recordConsent({
    ...{ customerId, source, basis, isGiven: isWanted, at: ctx.now(), actor: actorName(ctx.actor) },
    text: consentText(business.identity, { kind: 'news', language: inLanguage }),
  });
  const kind = isWanted ? 'consent_given' : 'consent_withdrawn';
  return { rows, history: { kind, detail: { customerId, consent: 'news' } } };
}
