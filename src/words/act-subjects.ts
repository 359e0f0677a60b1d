import type { ActValue, AuditItem } from '../../functions/desk/console/list-acts.ts';
import type { Formats } from '../../functions/ground/formats/format.ts';
import type { Messages } from '../locale.ts';
import { reasonWordsOf } from './order-reasons.ts';

/** What an act was done to: its kind, and its name or what its id says. */
export function subjectWords(item: AuditItem, t: Messages): string {
  const { subjectKind, subjectId, subjectName } = item;
  const words = kindWords.get(finerKind(item)) ?? kindWords.get(subjectKind);
  const kind = words?.(t) ?? subjectKind;
  return subjectName === null && subjectId === NOTHING
    ? kind
    : `${kind} ${subjectName ?? subjectId.slice(0, 40)}`;
}

/** What stands in the log for a subject that its kind names whole, and for a value that is not there. */
const NOTHING = '–';

/** What there is to tell of an act beside its subject's words. */
export const detailBeside = (item: AuditItem): AuditItem['detail'] =>
  kindWords.has(finerKind(item)) ? item.detail.filter(([name]) => name !== 'kind') : item.detail;

/** Its kind with that of its detail, such as `margin_category`. */
const finerKind = ({ subjectKind, detail }: AuditItem) =>
  `${subjectKind}_${detail.find(([name]) => name === 'kind')?.[1] ?? ''}`;

/** One thing more that there is to tell of an act. */
export function detailWords(
  [name, value]: AuditItem['detail'][number],
  t: Messages,
  formats: Formats,
): string {
  const words = (one: ActValue | null) => valueWords(name, one, t, formats);
  const label = labelOf(name, t);
  if (typeof value !== 'object' || !('value' in value)) return `${label}: ${words(value)}`;
  return value.before === null
    ? `${label}: ${words(value.value)}`
    : t.audit_detail_changed({ label, value: words(value.value), before: words(value.before) });
}

/** Of a rule about a segment, which its name tells. */
function labelOf(name: string, t: Messages): string {
  const [, segment] = /^segment (.+)$/.exec(name) ?? [];
  return segment === undefined
    ? (detailLabels.get(name)?.(t) ?? name)
    : `${t.audit_kind_segment()} ${segment}`;
}

function valueWords(name: string, value: ActValue | null, t: Messages, { money, moment }: Formats): string {
  if (value === null || value === NOTHING) return t.audit_detail_none();
  if (typeof value === 'boolean') return value ? t.audit_detail_yes() : t.audit_detail_no();
  if (typeof value === 'string') return (name === 'reason' && reasonWordsOf(value, t)) || value;
  return 'at' in value ? moment({ at: value.at, day: null }) : money(value);
}

/** Where to read more of what an act was done to; null where its own page is none or of other ids. */
export function subjectPath({ subjectKind, subjectId }: AuditItem): string | null {
  const id = encodeURIComponent(subjectId);
  switch (subjectKind) {
    case 'programme':
      return `/console/programme#version-${id}`;
    case 'segment':
      return `/console/segments/${id}`;
    case 'plan':
      return `/console/plans/${id}`;
    case 'procedure':
      return '/console/standards/procedures';
    case 'standard':
      return '/console/standards';
    case 'occasion':
      return '/console/plans/occasions';
    case 'own_field':
      return '/console/own-fields';
    default:
      return null;
  }
}

const kindWords = new Map<string, (t: Messages) => string>([
  ['account', (t) => t.audit_kind_account()],
  ['article', (t) => t.audit_kind_article()],
  ['backup', (t) => t.audit_kind_backup()],
  ['benefit', (t) => t.audit_kind_benefit()],
  ['cause', (t) => t.audit_kind_cause()],
  ['club', (t) => t.audit_kind_club()],
  ['contact', (t) => t.audit_kind_contact()],
  ['customer', (t) => t.audit_kind_customer()],
  ['drop', (t) => t.audit_kind_drop()],
  ['event', (t) => t.audit_kind_event()],
  ['export', (t) => t.audit_kind_export()],
  ['feedback', (t) => t.audit_kind_feedback()],
  ['former_staff', (t) => t.audit_kind_staff()],
  ['import', (t) => t.audit_kind_import()],
  ['job', (t) => t.audit_kind_job()],
  ['invitation', (t) => t.audit_kind_invitation()],
  ['join_request', (t) => t.audit_kind_join_request()],
  ['plan', (t) => t.audit_kind_plan()],
  ['standard', (t) => t.audit_kind_standard()],
  ['procedure', (t) => t.audit_kind_procedure()],
  ['guide', (t) => t.audit_kind_guide()],
  ['idea', (t) => t.audit_kind_idea()],
  ['occasion', (t) => t.audit_kind_occasion()],
  ['key', (t) => t.audit_kind_key()],
  ['margin_product', (t) => t.audit_kind_margin_product()],
  ['margin_category', (t) => t.audit_kind_margin_category()],
  ['margin_rest', (t) => t.audit_kind_margin_rest()],
  ['order', (t) => t.audit_kind_order()],
  ['order_request', (t) => t.audit_kind_order_request()],
  ['paper', (t) => t.audit_kind_paper()],
  ['product', (t) => t.audit_kind_product()],
  ['own_field', (t) => t.audit_kind_own_field()],
  ['mail', (t) => t.audit_kind_mail()],
  ['panel', (t) => t.audit_kind_panel()],
  ['programme', (t) => t.audit_kind_programme()],
  ['redemption', (t) => t.audit_kind_redemption()],
  ['referral', (t) => t.audit_kind_referral()],
  ['segment', (t) => t.audit_kind_segment()],
  ['setting', (t) => t.audit_kind_setting()],
  ['shop', (t) => t.audit_kind_shop()],
  ['staff', (t) => t.audit_kind_staff()],
  ['text', (t) => t.audit_kind_text()],
  ['survey', (t) => t.audit_kind_survey()],
  ['survey_topics', (t) => t.audit_kind_survey_topics()],
  ['tables', (t) => t.audit_kind_tables()],
  ['task', (t) => t.audit_kind_task()],
  ['testimonial', (t) => t.audit_kind_testimonial()],
  ['theme', (t) => t.audit_kind_theme()],
]);

const detailLabels = new Map<string, (t: Messages) => string>([
  ['amount', (t) => t.audit_detail_amount()],
  ['value', (t) => t.audit_detail_value()],
  ['before', (t) => t.audit_detail_before()],
  ['role', (t) => t.audit_detail_role()],
  ['from', (t) => t.audit_detail_from()],
  ['to', (t) => t.audit_detail_to()],
  ['customerId', (t) => t.audit_detail_customer_id()],
  ['cause', (t) => t.audit_detail_cause()],
  ['reason', (t) => t.audit_detail_reason()],
  ['since', (t) => t.audit_detail_since()],
  ['until', (t) => t.audit_detail_until()],
  ['scopes', (t) => t.audit_detail_scopes()],
  ['orders', (t) => t.audit_detail_orders()],
  ['kind', (t) => t.audit_detail_kind()],
  ['by', (t) => t.audit_detail_by()],
  ['number', (t) => t.audit_detail_number()],
  ['outcome', (t) => t.audit_detail_outcome()],
  ['rows', (t) => t.audit_detail_rows()],
  ['columns', (t) => t.audit_detail_columns()],
  ['fields', (t) => t.audit_detail_fields()],
  ['customers', (t) => t.audit_detail_customers()],
  ['format', (t) => t.audit_detail_format()],
  ['tables', (t) => t.audit_detail_tables()],
  ['files', (t) => t.audit_detail_files()],
  ['place', (t) => t.audit_detail_place()],
  ['bytes', (t) => t.audit_detail_bytes()],
  ['form', (t) => t.audit_detail_form()],
  ['failure', (t) => t.audit_detail_failure()],
  ['differences', (t) => t.audit_detail_differences()],
  ['accounts', (t) => t.audit_detail_accounts()],
  ['entries', (t) => t.audit_detail_entries()],
  ['hours', (t) => t.audit_detail_hours()],
  ['audience', (t) => t.audit_detail_audience()],
  ['level', (t) => t.audit_detail_level()],
  ['channel', (t) => t.audit_detail_channel()],
  ['name', (t) => t.audit_detail_name()],
  ['steps', (t) => t.audit_detail_steps()],
  ['step', (t) => t.audit_detail_step()],
  ['filesMissing', (t) => t.audit_detail_files_missing()],
  ['version', (t) => t.audit_detail_version()],
  ['currency', (t) => t.audit_detail_currency()],
  ['timeZone', (t) => t.audit_detail_time_zone()],
  ['debt', (t) => t.audit_detail_debt()],
  ['rules_added', (t) => t.audit_detail_rules_added()],
  ['rules_changed', (t) => t.audit_detail_rules_changed()],
  ['rules_renamed', (t) => t.audit_detail_rules_renamed()],
  ['rules_ended', (t) => t.audit_detail_rules_ended()],
  ['state', (t) => t.audit_detail_state()],
  ['file', (t) => t.audit_detail_file()],
  ['created', (t) => t.audit_detail_created()],
  ['updated', (t) => t.audit_detail_updated()],
  ['unchanged', (t) => t.audit_detail_unchanged()],
  ['rejected', (t) => t.audit_detail_rejected()],
  ['restored', (t) => t.audit_detail_restored()],
  ['order', (t) => t.audit_detail_order()],
  ['levels', (t) => t.audit_detail_levels()],
  ['names', (t) => t.audit_detail_names()],
  ['choices', (t) => t.audit_detail_choices()],
  ['what', (t) => t.audit_detail_what()],
  ['purpose', (t) => t.audit_detail_purpose()],
  ['days', (t) => t.audit_detail_days()],
  ['perDay', (t) => t.audit_detail_per_day()],
  ['staff', (t) => t.audit_detail_staff()],
  ['isOn', (t) => t.audit_detail_is_on()],
  ['gift', (t) => t.audit_detail_gift()],
  ['minimum', (t) => t.audit_detail_minimum()],
  ['months', (t) => t.audit_detail_months()],
  ['price', (t) => t.audit_detail_price()],
  ['category', (t) => t.audit_detail_category()],
]);
