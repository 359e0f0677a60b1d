import type { FieldError } from '../../functions/ground/platform/errors.ts';
import { LENGTH_MAX, nameIn } from '../../functions/people/texts/check-parts.ts';
import { isCloseKey } from '../../functions/people/texts/mail-key.ts';
import type { PageTextKey } from '../../functions/people/texts/page-texts.ts';
import { type Text, type TextPart, wordsOf } from '../../functions/people/texts/text.ts';
import type { Messages } from '../locale.ts';
import type { FormError } from './field-errors.ts';

type Word = (t: Messages) => string;

const pages: Record<PageTextKey, Word> = {
  'page.home': (t) => t.texts_page_home(),
  'page.how': (t) => t.texts_page_how(),
  'page.club': (t) => t.texts_page_club(),
  'page.join': (t) => t.texts_page_join(),
  'page.sign-in': (t) => t.texts_page_sign_in(),
  'page.privacy': (t) => t.texts_page_privacy(),
  'empty.account': (t) => t.texts_empty_account(),
  'empty.orders': (t) => t.texts_empty_orders(),
  'empty.rewards': (t) => t.texts_empty_rewards(),
  'empty.friends': (t) => t.texts_empty_friends(),
  'empty.messages': (t) => t.texts_empty_messages(),
  'empty.club': (t) => t.texts_empty_club(),
};
const pageTitles = new Map<string, Word>(Object.entries(pages));

/** What a text is called: the page that it stands on, or the subject of the mail. */
export function textTitle({ key, parts: [first], own }: Text, t: Messages): string {
  return pageTitles.get(key)?.(t) ?? (first === undefined ? key : wordsOf(first, own));
}

const variants: Readonly<Record<string, Word>> = {
  target: (t) => t.texts_variant_target(),
  share: (t) => t.texts_variant_share(),
  early: (t) => t.texts_variant_early(),
  late: (t) => t.texts_variant_late(),
  device: (t) => t.texts_variant_device(),
  plain: (t) => t.texts_variant_plain(),
  one: (t) => t.texts_variant_one(),
  several: (t) => t.texts_variant_several(),
  answer: (t) => t.texts_variant_answer(),
  read: (t) => t.texts_variant_read(),
  minimum: (t) => t.texts_variant_minimum(),
  any: (t) => t.texts_variant_any(),
  unpaid: (t) => t.texts_variant_unpaid(),
  paid: (t) => t.texts_variant_paid(),
  own: (t) => t.texts_variant_own(),
  friend: (t) => t.texts_variant_friend(),
  spend: (t) => t.texts_variant_spend(),
  asked: (t) => t.texts_variant_asked(),
};

/** Which of several mails with one subject it is, or to whom it says so; null where the subject tells. */
export function variantWords(text: Text, all: readonly Text[], t: Messages): string | null {
  if (isCloseKey(text.key)) return t.texts_variant_first_name();
  const title = textTitle(text, t);
  const isAlone = all.filter((other) => textTitle(other, t) === title).length === 1;
  return isAlone ? null : (variants[text.key.split('.').at(-1) ?? '']?.(t) ?? null);
}

/** The same with nothing in braces, where no name is explained. */
export const titleInShort = (text: Text, t: Messages): string =>
  textTitle(text, t).replaceAll(/\{\w+\}/g, '…');

const names: Readonly<Record<string, Word>> = {
  business: (t) => t.texts_name_business(),
  code: (t) => t.texts_name_code(),
  amount: (t) => t.texts_name_amount(),
  spend: (t) => t.texts_name_spend(),
  rule: (t) => t.texts_name_rule(),
  missing: (t) => t.texts_name_missing(),
  date: (t) => t.texts_name_date(),
  order: (t) => t.texts_name_order(),
  carrier: (t) => t.texts_name_carrier(),
  tracking: (t) => t.texts_name_tracking(),
  cause: (t) => t.texts_name_cause(),
  reference: (t) => t.texts_name_reference(),
  text: (t) => t.texts_name_text(),
  number: (t) => t.texts_name_number(),
  minimum: (t) => t.texts_name_minimum(),
  title: (t) => t.texts_name_title(),
  reason: (t) => t.texts_name_reason(),
  from: (t) => t.texts_name_from(),
  account: (t) => t.texts_name_account(),
  name: (t) => t.texts_name_name(),
  passkey: (t) => t.texts_name_passkey(),
  day: (t) => t.texts_name_day(),
  years: (t) => t.texts_name_years(),
  device: (t) => t.texts_name_device(),
  email: (t) => t.texts_name_email(),
  product: (t) => t.texts_name_product(),
  friend: (t) => t.texts_name_friend(),
  level: (t) => t.texts_name_level(),
  grace: (t) => t.texts_name_grace(),
  lower: (t) => t.texts_name_lower(),
  next: (t) => t.texts_name_next(),
};

/** What a name in braces stands for. */
export const nameWords = (name: string, t: Messages): string => names[name]?.(t) ?? name;

/** The label of a part: of several of one form, with its number. */
export function partLabel({ parts, kind }: Text, part: TextPart, t: Messages): string {
  if (kind === 'mail') {
    if (part.name === 'subject') return t.texts_part_subject();
    return part.name === 'heading' ? t.texts_part_heading() : t.texts_part_body();
  }
  const isTitle = part.form === 'line';
  const same = parts.filter(({ form }) => (form === 'line') === isTitle);
  if (same.length === 1) return isTitle ? t.texts_part_title() : t.texts_part_body();
  const n = String(same.indexOf(part) + 1);
  return isTitle ? t.texts_part_title_nth({ n }) : t.texts_part_nth({ n });
}

/** The id of a part's field. */
export const partField = (part: Pick<TextPart, 'name'>): string => `part_${part.name}`;

/** What is wrong with the parts of a text, each part once. */
export function partErrors(text: Text, errors: readonly FieldError[], t: Messages): FormError[] {
  return text.parts.flatMap((part) => {
    const error = errors.find(({ path }) => path === `parts.${part.name}`);
    if (error === undefined) return [];
    return [
      {
        field: partField(part),
        text: t.form_rule({ field: partLabel(text, part, t), rule: ruleOf(part, error, t) }),
      },
    ];
  });
}

function ruleOf({ form }: TextPart, error: FieldError, t: Messages): string {
  const name = `{${nameIn(error) ?? ''}}`;
  switch (error.code) {
    case 'unknown_name':
      return t.texts_rule_unknown({ name });
    case 'missing_name':
      return t.texts_rule_missing({ name });
    case 'too_big':
      return t.texts_rule_length({ max: LENGTH_MAX[form] });
    default:
      return t.texts_rule_characters();
  }
}
