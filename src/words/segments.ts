import { contactChannels, contactDirections } from '../../functions/care/contacts/channels.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import { textIn } from '../../functions/ground/identity/languages.ts';
import type { SegmentField } from '../../functions/ground/segments/segment-field.ts';
import type { FieldsByName } from '../../functions/insight/segments/check-rules.ts';
import type {
  RuleValue,
  SegmentOperator,
  SegmentRule,
  SingleValue,
} from '../../functions/insight/segments/definition.ts';
import { type StartingId, startingIds } from '../../functions/insight/segments/starting-set.ts';
import type { Messages } from '../locale.ts';
import { channelWords, directionWords } from './contacts.ts';

/** What sentences about segments are worded with. */
export interface SegmentWords {
  t: Messages;
  locale: string;
  formats: Formats;
  currency: string | null;
  fields: FieldsByName;
  /** What each segment is called, by id. */
  called: ReadonlyMap<string, string>;
}

const labels = new Map<string, (t: Messages) => string>([
  ['orders.count', (t) => t.segments_field_orders_count()],
  ['orders.spend', (t) => t.segments_field_orders_spend()],
  ['orders.mean', (t) => t.segments_field_orders_mean()],
  ['orders.first', (t) => t.segments_field_orders_first()],
  ['orders.last', (t) => t.segments_field_orders_last()],
  ['orders.interval', (t) => t.segments_field_orders_interval()],
  ['orders.days', (t) => t.segments_field_orders_days()],
  ['orders.bought', (t) => t.segments_field_orders_bought()],
  ['account.kind', (t) => t.segments_field_account_kind()],
  ['account.name', (t) => t.segments_field_account_name()],
  ['account.departments', (t) => t.segments_field_account_departments()],
  ['account.manager', (t) => t.segments_field_account_manager()],
  ['account.level', (t) => t.segments_field_account_level()],
  ['account.group', (t) => t.segments_field_account_group()],
  ['account.silentDepartments', (t) => t.segments_field_account_silent_departments()],
  ['rewards.available', (t) => t.segments_field_rewards_available()],
  ['rewards.pending', (t) => t.segments_field_rewards_pending()],
  ['rewards.lapsing', (t) => t.segments_field_rewards_lapsing()],
  ['rewards.missing', (t) => t.segments_field_rewards_missing()],
  ['vouchers.open', (t) => t.segments_field_vouchers_open()],
  ['club.member', (t) => t.segments_field_club_member()],
  ['club.level', (t) => t.segments_field_club_level()],
  ['feedback.count', (t) => t.segments_field_feedback_count()],
  ['feedback.openCases', (t) => t.segments_field_feedback_open_cases()],
  ['contacts.last', (t) => t.segments_field_contacts_last()],
  ['contacts.lastChannel', (t) => t.segments_field_contacts_last_channel()],
  ['contacts.lastDirection', (t) => t.segments_field_contacts_last_direction()],
  ['contacts.count', (t) => t.segments_field_contacts_count()],
  ['contacts.openSteps', (t) => t.segments_field_contacts_open_steps()],
  ['score.last', (t) => t.segments_field_score_last()],
  ['opinions.trust', (t) => t.segments_field_opinions_trust()],
  ['opinions.commitment', (t) => t.segments_field_opinions_commitment()],
  ['opinions.gap', (t) => t.segments_field_opinions_gap()],
  ['surveys.answered', (t) => t.segments_field_surveys_answered()],
  ['referrals.count', (t) => t.segments_field_referrals_count()],
  ['referrals.rewarded', (t) => t.segments_field_referrals_rewarded()],
  ['consent.news', (t) => t.segments_field_consent_news()],
  ['consent.terms', (t) => t.segments_field_consent_terms()],
  ['customer.birthday', (t) => t.segments_field_customer_birthday()],
  ['customer.interests', (t) => t.segments_field_customer_interests()],
  ['customer.name', (t) => t.segments_field_customer_name()],
  ['customer.email', (t) => t.segments_field_customer_email()],
  ['customer.language', (t) => t.segments_field_customer_language()],
  ['customer.claimed', (t) => t.segments_field_customer_claimed()],
  ['customer.joined', (t) => t.segments_field_customer_joined()],
  ['mail.blocked', (t) => t.segments_field_mail_blocked()],
  ['forecast.alive', (t) => t.segments_field_forecast_alive()],
  ['forecast.orders', (t) => t.segments_field_forecast_orders()],
  ['forecast.orders90', (t) => t.segments_field_forecast_orders90()],
  ['forecast.orders30', (t) => t.segments_field_forecast_orders30()],
  ['forecast.next', (t) => t.segments_field_forecast_next()],
  ['list.walksAway', (t) => t.segments_field_list({ list: t.attention_list_walks_away() })],
  ['list.lapsed', (t) => t.segments_field_list({ list: t.attention_list_lapsed() })],
  ['list.reordersSoon', (t) => t.segments_field_list({ list: t.attention_list_reorders_soon() })],
  ['list.praises', (t) => t.segments_field_list({ list: t.attention_list_praises() })],
  ['list.shifts', (t) => t.segments_field_list({ list: t.attention_list_shifts() })],
  ['list.dormantDepartments', (t) => t.segments_field_list({ list: t.attention_list_dormant_departments() })],
  ['segment', (t) => t.segments_field_segment()],
]);

/** What a field is called: own fields by the names the business gave them. */
export function fieldLabel(
  name: string,
  { t, locale, fields }: Pick<SegmentWords, 't' | 'locale' | 'fields'>,
): string {
  const names = fields.get(name)?.names;
  return labels.get(name)?.(t) ?? (names === undefined ? name : textIn(names, locale) || name);
}

const operators: Record<SegmentOperator, (t: Messages) => string> = {
  '=': (t) => t.segments_op_eq(),
  '!=': (t) => t.segments_op_ne(),
  '<': (t) => t.segments_op_lt(),
  '<=': (t) => t.segments_op_le(),
  '>': (t) => t.segments_op_gt(),
  '>=': (t) => t.segments_op_ge(),
  between: (t) => t.segments_op_between(),
  in: (t) => t.segments_op_in(),
  notIn: (t) => t.segments_op_not_in(),
  contains: (t) => t.segments_op_contains(),
  startsWith: (t) => t.segments_op_starts(),
  isNull: (t) => t.segments_op_null(),
  notNull: (t) => t.segments_op_known(),
};
export const operatorWords = (t: Messages, operator: SegmentOperator): string => operators[operator](t);

const starts: Record<StartingId, (t: Messages) => string> = {
  'new-this-month': (t) => t.segments_start_new_this_month(),
  'second-purchase-due': (t) => t.segments_start_second_purchase_due(),
  'big-baskets': (t) => t.segments_start_big_baskets(),
  lapsed: (t) => t.segments_start_lapsed(),
  'advocates-without-referral': (t) => t.segments_start_advocates_without_referral(),
  'credit-about-to-lapse': (t) => t.segments_start_credit_about_to_lapse(),
  'birthdays-next-week': (t) => t.segments_start_birthdays_next_week(),
  'silent-departments': (t) => t.segments_start_silent_departments(),
  'open-troubles': (t) => t.segments_start_open_troubles(),
  'news-readers': (t) => t.segments_start_news_readers(),
};

/** What a segment is called: its own name, or what it began as, or its id. */
export function segmentName(t: Messages, { id, name }: { id: string; name: string | null }): string {
  const start = startingIds.find((one) => one === id);
  return name ?? (start === undefined ? id : starts[start](t));
}

const choices = new Map<string, (t: Messages) => string>([
  ['first', (t) => t.habits_level_first()],
  ['repeat', (t) => t.habits_level_repeat()],
  ['advocate', (t) => t.habits_level_advocate()],
  ['enquirer', (t) => t.habits_group_enquirer()],
  ['buyer', (t) => t.habits_group_buyer()],
  ['premium', (t) => t.habits_group_premium()],
  ['personal', (t) => t.segments_kind_personal()],
  ['household', (t) => t.segments_kind_household()],
  ['company', (t) => t.segments_kind_company()],
  ...contactChannels.map((name): [string, (t: Messages) => string] => [name, (t) => channelWords(t, name)]),
  ...contactDirections.map((name): [string, (t: Messages) => string] => [
    name,
    (t) => directionWords(t, name),
  ]),
]);

/** One of what may be chosen, in words where it is ours and not the business's. */
export const choiceWords = (t: Messages, field: SegmentField, choice: string): string =>
  field.names === undefined ? (choices.get(choice)?.(t) ?? choice) : choice;

/** A value as people read it; null is told as not known. */
export function valueWords(value: SingleValue | null, name: string, words: SegmentWords): string {
  const { t, formats, currency, fields, called } = words;
  const field = fields.get(name);
  if (value === null) return t.segments_unknown();
  if (field === undefined) return called.get(String(value)) ?? String(value);
  switch (field.kind) {
    case 'money':
      return currency === null ? String(value) : formats.money({ minor: BigInt(Number(value)), currency });
    case 'flag':
      return value === true ? t.segments_yes() : t.segments_no();
    case 'day':
      return formats.date(String(value));
    case 'choice':
      return choiceWords(t, field, String(value));
    case 'text':
      return String(value);
    default:
      return formats.number(Number(value));
  }
}

function listWords(value: RuleValue, name: string, words: SegmentWords, between: boolean): string {
  const list = value !== null && typeof value === 'object' ? value : [value];
  const texts = list.map((one) => valueWords(one, name, words));
  return texts.join(between ? ` ${words.t.segments_and()} ` : ', ');
}

/** What lies ahead, where days are those to come. */
const ahead = ['rewards.lapsing'];

/** A rule as a sentence. */
export function ruleWords(rule: SegmentRule, words: SegmentWords): string {
  const { t } = words;
  const { field, operator, value, within, where } = rule;
  const limits = Object.entries(where).map(([key, names]) => `${whereWords(t, key)}: ${names.join(', ')}`);
  const days =
    within === null
      ? []
      : [(ahead.includes(field) ? t.segments_ahead : t.segments_within)({ n: within.days })];
  const isAsked = operator !== 'isNull' && operator !== 'notNull';
  const said = [
    ...(operator === '=' ? [] : [operatorWords(t, operator)]),
    ...(isAsked ? [listWords(value, field, words, operator === 'between')] : []),
  ].join(' ');
  const sentence = `${fieldLabel(field, words)}: ${said}`;
  return [sentence, ...days, ...(limits.length === 0 ? [] : [limits.join('; ')])].join(', ');
}

export function whereWords(t: Messages, key: string): string {
  switch (key) {
    case 'source':
      return t.segments_where_source();
    case 'sku':
      return t.segments_where_sku();
    case 'product':
      return t.segments_where_product();
    default:
      return t.segments_where_category();
  }
}

/** How the rules of a group go together. */
export function groupWords(
  { combinator, not }: { combinator: 'and' | 'or'; not: boolean },
  t: Messages,
): string {
  if (combinator === 'and') return not ? t.segments_not_all_of() : t.segments_all_of();
  return not ? t.segments_not_any_of() : t.segments_any_of();
}
