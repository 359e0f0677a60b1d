import { logSign, withdrawSign } from '../functions/care/moments/social/log-sign.ts';
import { socialKinds, socialPlaces } from '../functions/care/moments/social/places.ts';
import type { Setting } from '../functions/desk/console/settings/list-settings.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { MomentName } from '../functions/ground/settings/moment.ts';
import { setPolicies } from '../functions/money/business/policies.ts';
import { previewLetter } from '../functions/people/mail/preview-letter.ts';
import { readerByEmail } from '../functions/people/texts/reader-by-email.ts';
import type { Text } from '../functions/people/texts/text.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { changedSettings } from './settings-form.ts';
import { type FormError, fieldErrors } from './words/field-errors.ts';
import { momentSettingWords } from './words/moments.ts';
import { ruleWords } from './words/settings.ts';

type Fields = ReadonlyMap<string, string>;

/** Sets what a form about a moment changes; what is wrong, at its field. */
export async function saveMoment(
  ctx: Context,
  {
    t,
    settings,
    form,
    currency,
  }: { t: Messages; settings: readonly Setting[]; form: Fields; currency: string | null },
): Promise<FormError[]> {
  const back = settings.find(({ key }) => key === form.get('standard'));
  const wanted = back ? [[back.key, back.standard] as const] : changedSettings(settings, form);
  const done = await attempt(setPolicies(ctx, wanted), { validation_failed: null });
  if (done.ok) return [];
  const rules = settings.map((setting) => {
    const rule = ruleWords(t, setting, currency) ?? t.set_rule_choice();
    return [
      setting.key,
      { field: setting.key, label: momentSettingWords(t, setting.key).label, rule },
    ] as const;
  });
  return fieldErrors(t, done.errors, Object.fromEntries(rules));
}

/** What a mail looks like to a customer, as it is worded now. */
export interface MomentPreview {
  shown: Text;
  subject: string;
  text: string;
}

/** How a form names a text: its language and its key. */
export const textChoice = ({ language, key }: Text): string => `${language} ${key}`;

/** Shows a mail of a moment as a customer would get it, greeting them; what is wrong, at its field. Null for no such mail. */
export async function previewMoment(
  ctx: Context,
  { t, texts, form }: { t: Messages; texts: readonly Text[]; form: Fields },
): Promise<MomentPreview | FormError[] | null> {
  const shown = texts.find((text) => textChoice(text) === form.get('text'));
  if (shown === undefined) return null;
  const { key, language, own } = shown;
  const customer = form.get('customer')?.trim() ?? '';
  const drafted = { key, language, parts: { ...own }, email: customer === '' ? null : customer };
  const made = await attempt(previewLetter(ctx, drafted), { validation_failed: null });
  if (made.ok) return { shown, subject: made.output.subject, text: made.output.text };
  return [unknownCustomer(t, 'customer', t.moments_preview_customer())];
}

const unknownCustomer = (t: Messages, field: string, label: string): FormError => ({
  field,
  text: t.form_rule({ field: label, rule: t.moments_rule_customer() }),
});

/** Logs a follower or a post, or takes one back: what to say of it, or what is wrong. */
export async function actOnSign(
  ctx: Context,
  { t, form }: { t: Messages; form: Fields },
): Promise<'logged' | 'known' | 'withdrawn' | FormError[]> {
  const withdrawn = form.get('withdraw');
  if (withdrawn !== undefined) {
    await attempt(withdrawSign(ctx, { id: withdrawn }), { not_found: null });
    return 'withdrawn';
  }
  const found = await attempt(readerByEmail(ctx, (form.get('sign_customer') ?? '').trim().toLowerCase()), {
    validation_failed: null,
  });
  if (!found.ok) return [unknownCustomer(t, 'sign_customer', t.moments_sign_customer())];
  const link = form.get('sign_link')?.trim() ?? '';
  const done = await attempt(
    logSign(ctx, {
      customerId: found.output.id,
      kind: oneOf(form.get('sign_kind') ?? null, socialKinds) ?? 'follow',
      place: oneOf(form.get('sign_place') ?? null, socialPlaces) ?? 'other',
      link: link === '' ? null : link,
    }),
    { validation_failed: null },
  );
  if (done.ok) return done.output.isNew ? 'logged' : 'known';
  const byCode = { somebody_elses: t.moments_rule_link_taken(), not_allowed: t.moments_sign_link_hint() };
  const rule = { field: 'sign_link', label: t.moments_sign_link(), rule: t.moments_rule_link(), byCode };
  return fieldErrors(t, done.errors, { link: rule });
}

/** Which of the moments have something of their own to show beside their mails. */
export const hasUnseen = (name: MomentName) => name === 'reward_unseen';
export const hasSigns = (name: MomentName) => name === 'social_thanks';
