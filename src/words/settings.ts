import type { Setting } from '../../functions/desk/console/settings/list-settings.ts';
import { formatsOf } from '../../functions/ground/formats/format.ts';
import { hoursWords } from '../../functions/ground/formats/hours-words.ts';
import { currencyExponent, parseDecimal } from '../../functions/ground/platform/money.ts';
import type { Messages, Speech } from '../locale.ts';
import { keptWords } from './kept.ts';

/** The settings by what they are about, as their page shows them, each with the name of its words. */
const groups = {
  joining: [['registration', 'registration']],
  answers: [
    ['businessHours', 'business_hours'],
    ['replyHours', 'reply_hours'],
    ['anonymousFeedback', 'anonymous_feedback'],
  ],
  asking: [
    ['surveyRestDays', 'survey_rest_days'],
    ['weeklyLimit', 'weekly_limit'],
    ['wishHour', 'wish_hour'],
    ['momentHour', 'moment_hour'],
    ['voices', 'voices'],
    ['advice', 'advice'],
    ['locations', 'locations'],
  ],
  orders: [
    ['basketUrl', 'basket_url'],
    ['orderMinimum', 'order_minimum'],
  ],
  papers: [
    ['invoiceName', 'invoice_name'],
    ['invoiceAddress', 'invoice_address'],
    ['invoiceTaxNumber', 'invoice_tax_number'],
    ['invoiceBank', 'invoice_bank'],
    ['invoiceNote', 'invoice_note'],
    ['invoiceWhen', 'invoice_when'],
    ['invoicePrefix', 'invoice_prefix'],
    ['creditNotePrefix', 'credit_note_prefix'],
  ],
  referral: [
    ['referral', 'referral'],
    ['referralOwn', 'referral_own'],
    ['referralFriend', 'referral_friend'],
    ['referralMinimum', 'referral_minimum'],
    ['referralMaxPerMonth', 'referral_max_per_month'],
  ],
  club: [
    ['club', 'club'],
    ['clubSpend', 'club_spend'],
    ['clubSpendPer', 'club_spend_per'],
    ['clubEntry', 'club_entry'],
    ['clubLevelPer', 'club_level_per'],
    ['clubLevelFall', 'club_level_fall'],
    ['clubLevelGrace', 'club_level_grace'],
    ['clubLevelNotice', 'club_level_notice'],
    ['promiseGift', 'promise_gift'],
  ],
  insight: [
    ['premiumShare', 'premium_share'],
    ['keyAccounts', 'key_accounts'],
    ['idealShape', 'ideal_shape'],
    ['productUrl', 'product_url'],
    ['interestFields', 'interest_fields'],
    ['hitsMonths', 'hits_months'],
    ['lapsedCaller', 'lapsed_caller'],
    ['forecastCovariate', 'forecast_covariate'],
  ],
  credit: [
    ['creditAgentAct', 'credit_agent_act'],
    ['creditAgentDay', 'credit_agent_day'],
    ['creditManagerAct', 'credit_manager_act'],
    ['creditManagerDay', 'credit_manager_day'],
  ],
  hospitality: [
    ['hospitalityAct', 'hospitality_act'],
    ['hospitalityYear', 'hospitality_year'],
  ],
  privacy: [
    ['mailMonths', 'mail_months'],
    ['contactMonths', 'contact_months'],
    ['feedbackFileMonths', 'feedback_file_months'],
    ['importMonths', 'import_months'],
    ['invoiceMonths', 'invoice_months'],
    ['looksMonths', 'looks_months'],
  ],
  staff: [
    ['staffFactor', 'staff_factor'],
    ['setUpNotice', 'set_up_notice'],
    ['whoAssignsManagers', 'who_assigns'],
    ['thanksEvery', 'thanks_every'],
  ],
} as const;

type Group = keyof typeof groups;

const groupNames = [
  'joining',
  'answers',
  'asking',
  'orders',
  'papers',
  'referral',
  'club',
  'insight',
  'credit',
  'hospitality',
  'privacy',
  'staff',
] as const;

export interface SettingWords {
  key: string;
  label: string;
  /** What it does, and what changes with it. */
  about: string;
}

/** In the order of the page. */
export function groupedSettings(t: Messages): { name: Group; title: string; words: SettingWords[] }[] {
  return groupNames.map((name) => ({
    name,
    title: t[`set_group_${name}`](),
    words: groups[name].map(([key, words]) => ({
      key,
      label: t[`set_${words}`](),
      about: t[`set_${words}_about`](),
    })),
  }));
}

const choices: Readonly<Record<string, (t: Messages) => string>> = {
  'registration.open': (t) => t.set_registration_open(),
  'registration.invitation': (t) => t.set_registration_invitation(),
  'registration.approval': (t) => t.set_registration_approval(),
  'invoiceWhen.request': (t) => t.set_invoice_when_request(),
  'invoiceWhen.placed': (t) => t.set_invoice_when_placed(),
  'invoiceWhen.delivered': (t) => t.set_invoice_when_delivered(),
  'clubSpendPer.year': (t) => t.set_club_spend_per_year(),
  'clubSpendPer.lifetime': (t) => t.set_club_spend_per_lifetime(),
  'clubEntry.invite': (t) => t.set_club_entry_invite(),
  'clubEntry.admit': (t) => t.set_club_entry_admit(),
  'clubLevelPer.year': (t) => t.set_club_level_per_year(),
  'clubLevelPer.lifetime': (t) => t.set_club_level_per_lifetime(),
  'clubLevelFall.reached': (t) => t.set_club_level_fall_reached(),
  'clubLevelFall.one': (t) => t.set_club_level_fall_one(),
  'staffFactor.required': (t) => t.set_staff_factor_required(),
  'idealShape.pyramid': (t) => t.relations_shape_pyramid(),
  'idealShape.hourglass': (t) => t.relations_shape_hourglass(),
  'idealShape.hexagon': (t) => t.relations_shape_hexagon(),
  'forecastCovariate.off': (t) => t.set_forecast_covariate_off(),
  'forecastCovariate.first-basket': (t) => t.set_forecast_covariate_basket(),
  'forecastCovariate.first-category': (t) => t.set_forecast_covariate_category(),
  'forecastCovariate.first-season': (t) => t.set_forecast_covariate_season(),
  'setUpNotice.shown': (t) => t.set_set_up_notice_shown(),
  'setUpNotice.hidden': (t) => t.set_set_up_notice_hidden(),
  'whoAssignsManagers.managers': (t) => t.set_who_assigns_managers(),
  'whoAssignsManagers.team': (t) => t.set_who_assigns_team(),
  'staffFactor.optional': (t) => t.set_staff_factor_optional(),
};

/** What there is to choose from, as its words; empty where something is typed. */
export function choicesOf(t: Messages, { key, form }: Pick<Setting, 'key' | 'form'>): [string, string][] {
  if (form.kind === 'switch')
    return [
      ['on', t.set_on()],
      ['off', t.set_off()],
    ];
  if (form.kind !== 'choice') return [];
  return form.choices.map((choice) => [
    choice,
    choices[`${key}.${choice}`]?.(t) ?? (key.endsWith('Months') ? keptWords(choice, t) : choice),
  ]);
}

/** What a text that sets it means, in words. */
export function valueWords(
  { t, locale }: Speech,
  setting: Setting,
  { value, currency }: { value: string; currency: string | null },
): string {
  const { form } = setting;
  switch (form.kind) {
    case 'switch':
    case 'choice':
      return choicesOf(t, setting).find(([choice]) => choice === value)?.[1] ?? value;
    case 'hours':
      return hoursWords(value, locale) ?? value;
    case 'amount':
      return value === 'off' ? t.set_none() : amountWords(value, { locale, currency });
    case 'number':
      return formatsOf(locale, 'UTC').number(Number(value));
    case 'address':
      return value === 'off' ? t.set_none() : value;
    case 'text':
      return value;
  }
}

function amountWords(
  value: string,
  { locale, currency }: Pick<Speech, 'locale'> & { currency: string | null },
): string {
  const exponent = currency === null ? null : currencyExponent(currency);
  if (currency === null || exponent === null) return value;
  const parsed = parseDecimal(value, exponent);
  return parsed.ok ? formatsOf(locale, 'UTC').money({ minor: parsed.minor, currency }) : value;
}

/** What may be typed; null where there is only a choice. */
export function ruleWords(
  t: Messages,
  { form }: Pick<Setting, 'form'>,
  currency: string | null,
): string | null {
  switch (form.kind) {
    case 'switch':
    case 'choice':
      return null;
    case 'hours':
      return t.setup_hours_rule();
    case 'number':
      return t.form_rule_number({ from: form.from, to: form.to });
    case 'amount': {
      const example = currencyExponent(currency ?? '') === 0 ? '500' : '5.00';
      const amount = { example, currency: currency ?? '' };
      return form.mayBeOff ? t.set_rule_amount_or_none(amount) : t.set_rule_amount(amount);
    }
    case 'address':
      return t.set_rule_address();
    case 'text':
      return t.form_rule_text({ max: 400 });
  }
}
