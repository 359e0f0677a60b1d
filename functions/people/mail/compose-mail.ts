import type { MailWords } from '../../../languages/language.ts';
import { fillIn } from '../../ground/formats/fill-in.ts';
import { formatsOf } from '../../ground/formats/format.ts';
import { hoursWords } from '../../ground/formats/hours-words.ts';
import { type Locale, textIn } from '../../ground/identity/languages.ts';
import { erasedParams } from '../../ground/outbox/erased-params.ts';
import { layOut, type Rendered } from '../../ground/outbox/layout.ts';
import { type Letter, type LinkParts, type Mentions, youFor } from '../../ground/outbox/letter-kind.ts';
import { type LetterForm, type OpenLetter, portalAddress } from '../../ground/outbox/letters.ts';
import type { OutboxMail } from '../../ground/outbox/outbox.ts';
import { inOwnWords } from '../../ground/outbox/own-words.ts';
import type { MailTopic } from '../../ground/outbox/topics.ts';
import type { Context } from '../../ground/platform/context.ts';
import { signatureOf } from '../../ground/platform/ids.ts';
import { type Business, getBusiness } from '../../money/business/business.ts';
import { featuresOf } from '../../money/business/features.ts';
import { nearestLanguage } from '../../money/business/languages.ts';
import { type OwnTexts, ownPartsOf } from '../../money/business/own-texts.ts';
import { businessHours, policyOf } from '../../money/business/policies.ts';
import { findCardOf, type ManagerCard } from '../managers/find-card.ts';
import { preferencesTokenOf, unsubscribeTokenOf } from '../preferences/tokens.ts';
import { codeOf, isOpen, linkTokenOf, oldAddressCodeOf } from '../sign-in/challenge.ts';
import { closeKey, mailKey } from '../texts/mail-key.ts';
import { contentOf, type MailContent, spokenLanguages } from './mail-content.ts';
import { greetingOf, mailWordsFor } from './mail-words.ts';
import { findReader, findSecret } from './queries.ts';
import { codeFor, voucherIn } from './voucher-code.ts';

export interface Composed extends Rendered {
  to: string;
  topic: MailTopic;
  letter: Letter;
  greeting: string;
  /** Where the button leads, and the code of a secret mail: what the mailbox page offers. */
  link: string;
  code: string | null;
  /** Where the button of the copy leads that the portal keeps. */
  keptLink: string;
  /** Where its reader can end mail of its topic; null where they cannot. */
  unsubscribe: string | null;
  /** Who of the team signs it; null for the business alone. */
  signer: Signer | null;
  /** Whether its reader wants it without layout and pictures. */
  isPlain: boolean;
  /** Whether the code in it is over. */
  isOver: boolean;
}

/** The mail of an outbox row, the same bytes each time its facts are the same; null when nobody is there to get it. */
export async function composeMail(ctx: Context, mail: OutboxMail): Promise<Composed | null> {
  if (mail.params === erasedParams) return null;
  const form = ctx.house.letters.get(mail.template);
  if (form === undefined) throw new Error(`there is no mail ${mail.template}`);
  const { topic } = form;
  const open = form.open(mail.params);
  const challengeId = open.text('challengeId');
  const { customerId, address } = mail;
  const db = ctx.db.fresh;
  const [[reader], [challenge], business] = await Promise.all([
    customerId === null ? [] : findReader(db, { customerId }),
    challengeId === null ? [] : findSecret(db, { id: challengeId }),
    getBusiness(ctx),
  ]);
  const to = address ?? reader?.email;
  if (to === undefined || to === null || (challengeId !== null && challenge === undefined)) return null;
  const { secret, publicUrl } = ctx.config;
  const { identity } = business;
  const { languages } = identity;
  const spoken = await spokenLanguages(ctx, { template: mail.template, param: open.text }, languages);
  const language = nearestLanguage(spoken, mail.language ?? reader?.language ?? null);
  const addressForm = reader?.addressForm ?? null;
  const words = mailWordsFor(language, addressForm);
  const {
    letter,
    link,
    web,
    card,
    greeted,
    keptLink = link,
  } = await wordsFor({ ...ctx, db }, mail, {
    ...{ form, open, business, language, addressForm },
  });
  const isFormal = greeted?.isFormal ?? addressForm === 'formal';
  const greeting = greetingOf(words, greeted === undefined ? (reader?.name ?? null) : greeted.name, isFormal);
  const addressee = customerId === null ? null : { customerId, email: to };
  const isOpening = challengeId === null && to === reader?.email;
  const ways = waysOut(secret, { addressee, topic, isOpening }, { publicUrl, language, languages });
  const signer = card === null ? null : signerOf(card, { words, business: identity.name, publicUrl });
  const rendered = await layOut({
    letter,
    identity,
    language,
    link,
    publicUrl,
    greeting,
    signature: signer,
    reason: fillIn(words.reason, { business: identity.name }),
    hours: hoursWords(policyOf(business, businessHours), language),
    feet: [
      ...(web === null ? [] : [{ text: web, link }]),
      ...(ways.choose === null ? [] : [{ text: words.preferences, link: ways.choose }]),
      ...(ways.leave === null ? [] : [{ text: words.unsubscribe, link: ways.leave }]),
    ],
  });
  return {
    ...rendered,
    ...{ to, topic, letter, greeting, link, keptLink, signer },
    unsubscribe: ways.leave,
    isPlain: reader?.format === 'plain',
    isOver: challenge !== undefined && !isOpen(challenge, ctx.now()),
    code: letter.code ?? null,
  };
}

/** What a mail says, where its button leads, and who signs it. */
async function wordsFor(
  ctx: Context,
  mail: OutboxMail,
  {
    form,
    open,
    business,
    language,
    addressForm,
  }: {
    form: LetterForm;
    open: OpenLetter;
    business: Business;
    language: Locale;
    addressForm: string | null;
  },
): Promise<MailContent> {
  const { secret, publicUrl } = ctx.config;
  const { customerId, template } = mail;
  const { code, token } = secretsOf(open, { secret, template });
  const voucher = voucherIn(open);
  const [voucherCode, card] = await Promise.all([
    voucher === null ? null : codeFor(ctx.db, voucher, customerId),
    form.isPersonal && customerId !== null
      ? findCardOf(ctx, { customerId, accountId: open.text('rootId'), timeZone: business.timeZone })
      : null,
  ]);
  const { identity } = business;
  const mentions = {
    business: identity.name,
    you: youFor(addressForm),
    formats: formatsOf(language, business.timeZone),
    code,
    voucherCode,
    inLanguage: (texts: string | Readonly<Record<string, string>>) => textIn(texts, language),
  };
  const letter = inWordsOf(business.texts, { template, language, addressForm }, open, mentions);
  const parts = {
    ...{ publicUrl, identity, languages: identity.languages, language, token },
    sign: (text: string) => signatureOf(secret, text),
    features: featuresOf(ctx.house, business),
  };
  const link = open.link(parts, { isCodeHidden: voucher !== null && voucherCode === null });
  const asked = { template, param: open.text, customerId, letter, link, mentions, parts };
  const written = await contentOf(ctx, template)?.write?.(ctx, asked);
  return written ?? { letter, link, web: null, card };
}

/** Who of the team signs a mail, and is answered. */
export interface Signer {
  name: string;
  /** What they are to the reader. */
  role: string;
  phone: string | null;
  mail: string | null;
  /** Where their picture is. */
  picture: string | null;
  /** As a list of mails names whom it is from. */
  from: string;
}

function signerOf(
  { name, phone, mail, picture, standsIn }: ManagerCard,
  { words, business, publicUrl }: { words: MailWords; business: string; publicUrl: string },
): Signer {
  const role = standsIn === null ? words.manager : fillIn(words.standIn, { name: standsIn.for });
  const address = picture === null ? null : `${publicUrl}/faces/${picture}`;
  return { name, role, phone, mail, picture: address, from: `${name}, ${business}` };
}

/**
 * Where a reader ends mail of its topic, and where they choose all else; null where there is no such page for them. Their
 * preferences are opened by mail to the address that is theirs alone.
 */
function waysOut(
  secret: string,
  {
    addressee,
    topic,
    isOpening,
  }: { addressee: { customerId: string; email: string } | null; topic: MailTopic; isOpening: boolean },
  parts: Pick<LinkParts, 'publicUrl' | 'language' | 'languages'>,
): { leave: string | null; choose: string | null } {
  if (addressee === null) return { leave: null, choose: null };
  const address = (path: string, token: string) => portalAddress(`${path}?token=${token}`, parts);
  return {
    leave:
      topic === 'service'
        ? null
        : address('/mail/unsubscribe', unsubscribeTokenOf(secret, { ...addressee, topic })),
    choose: isOpening ? address('/mail/preferences', preferencesTokenOf(secret, addressee)) : null,
  };
}

/** A letter as the business says it: in its own words where it has any, else in ours. */
function inWordsOf(
  texts: OwnTexts,
  { template, language, addressForm }: { template: string; language: Locale; addressForm: string | null },
  open: OpenLetter,
  mentions: Mentions,
): Letter {
  const letter = open.write(language, mentions);
  const own = open.own(mentions);
  if (own === null) return letter;
  const key = mailKey(template, own.name);
  const close = addressForm === 'first_name' ? ownPartsOf(texts, { key: closeKey(key), language }) : {};
  return inOwnWords(letter, { ...ownPartsOf(texts, { key, language }), ...close }, own.values);
}

/** What a mail proves its reader by: the six digits and the token of its link; empty in mails without a secret. */
function secretsOf(
  open: OpenLetter,
  { secret, template }: { secret: string; template: string },
): { code: string; token: string } {
  const challengeId = open.text('challengeId');
  const subject = challengeId ?? open.text('changeId');
  const token = subject === null ? '' : linkTokenOf(secret, subject);
  if (challengeId === null) return { code: '', token };
  const toCode = template === 'email_change_asked' ? oldAddressCodeOf : codeOf;
  return { code: toCode(secret, challengeId), token };
}
