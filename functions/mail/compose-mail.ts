import type { Store } from '../../db/store.ts';
import { formatsOf } from '../../src/format.ts';
import type { Locale } from '../../src/languages.ts';
import { hoursWords } from '../../src/words/hours.ts';
import { listPlaces } from '../accounts/places.ts';
import { getBusiness } from '../business/business.ts';
import { featuresOf } from '../business/features.ts';
import { nearestLanguage, offeredLanguages } from '../business/languages.ts';
import { policyOf } from '../business/policies.ts';
import type { Context } from '../platform/context.ts';
import { signatureOf } from '../platform/ids.ts';
import { codeOf, isOpen, linkTokenOf, oldAddressCodeOf } from '../sign-in/challenge.ts';
import type { Brand } from './brand.ts';
import { layOut, type Rendered } from './layout.ts';
import type { Letter, Topic } from './letters/mail-kind.ts';
import { findReader, findSecret, listSuppressed } from './queries.ts';
import { isTemplate, linkOf, portalAddress, readParams, type Template, topicOf } from './templates.ts';
import { unsubscribeTokenOf } from './unsubscribe-token.ts';
import { type WithheldReason, withheldBecause } from './withhold.ts';
import { en } from './words/en.ts';
import { uk } from './words/uk.ts';
import type { Words } from './words/words.ts';

/** A row of the outbox as far as its text depends on it. */
export interface OutboxMail {
  template: string;
  params: string;
  customerId: string | null;
  address: string | null;
  language: string | null;
}

export interface Composed extends Rendered {
  to: string;
  topic: Topic;
  letter: Letter;
  greeting: string;
  /** Where the button leads, and the code of a secret mail: what the mailbox page offers. */
  link: string;
  code: string | null;
  /** Where its reader can end mail of its topic; null where they cannot. */
  unsubscribe: string | null;
  /** Why it may not be sent; null when it may. */
  withheld: WithheldReason | null;
}

const words: Record<Locale, Words> = { en, uk };

/** The mail of an outbox row, the same bytes each time its facts are the same; null when nobody is there to get it. */
export async function composeMail(ctx: Context, brand: Brand, mail: OutboxMail): Promise<Composed | null> {
  if (!isTemplate(mail.template)) throw new Error(`there is no mail ${mail.template}`);
  return compose(ctx, brand, { ...mail, template: mail.template });
}

async function compose<T extends Template>(
  ctx: Context,
  brand: Brand,
  mail: OutboxMail & { template: T },
): Promise<Composed | null> {
  const params = readParams(mail.template, mail.params);
  const topic = topicOf(mail.template);
  const challengeId = 'challengeId' in params ? String(params.challengeId) : null;
  const { customerId, address } = mail;
  const db = ctx.db.fresh;
  const voucher =
    'rootId' in params && 'code' in params
      ? { code: String(params.code), rootId: String(params.rootId) }
      : null;
  const [[reader], [challenge], suppressed, business, voucherCode] = await Promise.all([
    customerId === null ? [] : findReader(db, { customerId, topic }),
    challengeId === null ? [] : findSecret(db, { id: challengeId }),
    listSuppressed(db, { customerId, address }),
    getBusiness(ctx),
    voucher === null ? null : codeFor(db, voucher, customerId),
  ]);
  const to = address ?? reader?.email;
  if (to === undefined || to === null || (challengeId !== null && challenge === undefined)) return null;
  const { secret, publicUrl } = ctx.config;
  const changeId = 'changeId' in params && params.changeId ? String(params.changeId) : null;
  const code =
    challengeId === null
      ? ''
      : mail.template === 'email_change_asked'
        ? oldAddressCodeOf(secret, challengeId)
        : codeOf(secret, challengeId);
  const tokenOf = challengeId ?? changeId;
  const token = tokenOf === null ? '' : linkTokenOf(secret, tokenOf);
  const languages = offeredLanguages(business);
  const language = nearestLanguage(languages, mail.language ?? reader?.language ?? null);
  const { letters, greeting, reason, unsubscribe } = words[language];
  const mentions = {
    business: brand.name,
    formats: formatsOf(language, business.timeZone),
    code,
    voucherCode,
  };
  const letter = letters[mail.template](params, mentions);
  const sign = (text: string) => signatureOf(secret, text);
  const parts = { publicUrl, brand, languages, language, token, sign, features: featuresOf(business) };
  const isHidden = voucher !== null && voucherCode === null;
  const link = linkOf(mail.template, isHidden ? { ...params, code: '' } : params, parts);
  const greeted = greeting(reader?.name ?? null, reader?.addressForm === 'formal' ? 'formal' : 'first_name');
  const leave =
    customerId === null || topic === 'service'
      ? null
      : portalAddress(`/mail/unsubscribe?token=${unsubscribeTokenOf(secret, { customerId, topic })}`, parts);
  const rendered = await layOut({
    letter,
    brand,
    language,
    link,
    greeting: greeted,
    reason: reason(brand.name),
    hours: hoursWords(policyOf(business, 'businessHours'), language),
    unsubscribe: leave === null ? null : { text: unsubscribe, link: leave },
  });
  const withheld =
    challenge !== undefined && !isOpen(challenge, ctx.now())
      ? 'challenge_over'
      : withheldBecause({
          topic,
          isAskedFor: challenge !== undefined,
          hasLeft: reader !== undefined && (reader.closedAt ?? reader.withdrawnAt) !== null,
          isTopicOn: reader === undefined || Number(reader.isTopicOn) === 1,
          suppressed: suppressed.map((row) => row.reason),
        });
  return {
    ...rendered,
    to,
    topic,
    letter,
    greeting: greeted,
    link,
    unsubscribe: leave,
    withheld,
    code: letter.code ?? null,
  };
}

/** A voucher is worth money to whoever reads its code: who may not spend the account's balance is not told it. */
async function codeFor(
  db: Store,
  { code, rootId }: { code: string; rootId: string },
  customerId: string | null,
): Promise<string | null> {
  if (customerId === null || rootId === '') return code;
  const places = await listPlaces(db, customerId);
  return places.some((place) => place.rootId === rootId && place.mayRedeem) ? code : null;
}
