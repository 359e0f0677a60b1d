import { z } from 'zod';
import { fillIn } from '../../ground/formats/fill-in.ts';
import { formatsOf } from '../../ground/formats/format.ts';
import { hoursWords } from '../../ground/formats/hours-words.ts';
import { textIn } from '../../ground/identity/languages.ts';
import { layOut, type Rendered } from '../../ground/outbox/layout.ts';
import { youFor } from '../../ground/outbox/letter-kind.ts';
import type { LetterForm } from '../../ground/outbox/letters.ts';
import { inOwnWords } from '../../ground/outbox/own-words.ts';
import { allow } from '../../ground/platform/allow.ts';
import type { Context } from '../../ground/platform/context.ts';
import { AppError } from '../../ground/platform/errors.ts';
import { emailOfKnown } from '../../ground/platform/input.ts';
import { parseInput, refuseFields } from '../../ground/platform/parse-input.ts';
import { getBusiness } from '../../money/business/business.ts';
import { businessHours, policyOf } from '../../money/business/policies.ts';
import { checkParts } from '../texts/check-parts.ts';
import { findText } from '../texts/get-texts.ts';
import { closeKey, isCloseKey, mailKey } from '../texts/mail-key.ts';
import { readerByEmail } from '../texts/reader-by-email.ts';
import { greetingOf, mailWordsFor } from './mail-words.ts';
import { findReader } from './queries.ts';

const input = z.strictObject({
  key: z.string().max(100),
  language: z.string().max(10),
  parts: z.record(z.string().max(100), z.string().max(20_000)),
  /** Of the customer it is shown for; null for one that is made up. */
  email: emailOfKnown.nullable(),
});

/** A customer's mail as it would be, with made-up facts and codes. */
export type LetterPreview = Rendered;

/**
 * Lays out a mail in words that are not kept yet, greeting a customer as their mail does. Nothing is sent or kept.
 * @throws {AppError} `not_found` when there is no such mail; `validation_failed` as `checkParts` says, and for `email`
 * when it is nobody's; `forbidden`
 */
export async function previewLetter(ctx: Context, typed: z.input<typeof input>): Promise<LetterPreview> {
  allow(ctx.actor, 'texts:write');
  const { key, language: asked, parts, email } = parseInput(input, typed);
  const text = await findText(ctx, { key, language: asked });
  const checked = checkParts(text, parts);
  if (!checked.ok) refuseFields(checked.errors);
  const own = checked.ok ? checked.parts : {};
  const found = letterOf(ctx, key);
  const { language } = text;
  const [business, reader] = await Promise.all([
    getBusiness(ctx),
    email === null ? null : readerOf(ctx, email),
  ]);
  const { identity } = business;
  const { publicUrl } = ctx.config;
  const addressForm = isCloseKey(key) ? 'first_name' : (reader?.addressForm ?? null);
  const open = found.form.open(found.form.own?.sample(found.name, business.currency ?? 'EUR') ?? '{}');
  const mentions = {
    business: identity.name,
    you: youFor(addressForm),
    formats: formatsOf(language, business.timeZone),
    code: '123456',
    voucherCode: 'K7QX-M2PD',
    inLanguage: (texts: string | Readonly<Record<string, string>>) => textIn(texts, language),
  };
  const words = mailWordsFor(language, addressForm);
  return layOut({
    letter: inOwnWords(open.write(language, mentions), own, open.own(mentions)?.values ?? {}),
    identity,
    language,
    link: publicUrl,
    publicUrl,
    greeting: greetingOf(words, reader?.name ?? null, addressForm === 'formal'),
    reason: fillIn(words.reason, { business: identity.name }),
    signature: null,
    hours: hoursWords(policyOf(business, businessHours), language),
    feet: [
      { text: words.preferences, link: publicUrl },
      ...(found.form.topic === 'service' ? [] : [{ text: words.unsubscribe, link: publicUrl }]),
    ],
  });
}

function letterOf({ house }: Context, key: string): { form: LetterForm; name: string } {
  for (const [template, form] of house.letters)
    for (const name of form.own?.cases ?? []) {
      const own = mailKey(template, name);
      if (own === key || closeKey(own) === key) return { form, name };
    }
  throw new AppError('not_found', 'There is no such mail.');
}

async function readerOf(ctx: Context, email: string) {
  const { id } = await readerByEmail(ctx, email);
  const [reader] = await findReader(ctx.db, { customerId: id });
  return reader ?? null;
}
