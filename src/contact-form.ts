import { contactChannels, contactDirections, contactMoods } from '../functions/care/contacts/channels.ts';
import { correctContact } from '../functions/care/contacts/correct-contact.ts';
import type { ContactItem } from '../functions/care/contacts/list-contacts.ts';
import { logContact } from '../functions/care/contacts/log-contact.ts';
import type { LogContactInput } from '../functions/care/contacts/schema.ts';
import { instantOfLocal, isDay } from '../functions/ground/platform/business-time.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import { attempt } from './attempt.ts';
import { oneOf } from './forms.ts';
import type { Messages } from './locale.ts';
import { type FieldRule, type FormError, fieldErrors } from './words/field-errors.ts';

type Fields = ReadonlyMap<string, string>;

/** What is read from a form before it is known whether it is right; a time or number that is none is told of by its field. */
interface Asked {
  t: Messages;
  fields: Fields;
  timeZone: string;
}

/** Logs the contact that a form tells of; the id, or what is wrong with the form. */
export async function postContact(
  ctx: Context,
  { t, fields, timeZone }: Asked,
): Promise<{ id: string } | { errors: FormError[] }> {
  const value = (name: string) => fields.get(name) ?? '';
  const content = contentIn({ t, fields, timeZone });
  if ('errors' in content) return content;
  const [orderSource, orderNumber] = [value('order_source'), value('order_number')];
  const hasStep = value('step') !== '';
  const input: LogContactInput = {
    ...content.said,
    customerId: value('customer') || null,
    accountId: value('account') || null,
    number: null,
    order: orderSource && orderNumber ? { source: orderSource, number: orderNumber } : null,
    wantsAnswer: value('waits') === 'yes',
    nextStep: hasStep
      ? { what: value('step'), dueOn: value('step_on'), staffId: value('step_staff') || null }
      : null,
    source: value('source') === 'till' ? 'till' : 'console',
    reference: null,
    key: value('key'),
  };
  const done = await attempt(logContact(ctx, input), {
    validation_failed: null,
    not_found: t.contacts_gone(),
  });
  if (done.ok) return { id: done.output.id };
  if (done.reason !== null) return { errors: [{ field: 'main', text: done.reason }] };
  return { errors: fieldErrors(t, done.errors, rulesOf(t)) };
}

/** What the form of a correction is filled with: times to the minute, whole minutes. */
export function filledWith(one: ContactItem, timeZone: string): Record<string, string> {
  return {
    channel: one.channel,
    direction: one.direction,
    missed: one.isMissed ? 'yes' : '',
    summary: one.summary ?? '',
    at: new Date(one.at).toLocaleString('sv-SE', { timeZone }).slice(0, 16).replace(' ', 'T'),
    minutes: one.durationS === null ? '' : String(Math.ceil(one.durationS / 60)),
    mood: one.mood ?? '',
    satisfaction: one.satisfaction === null ? '' : String(one.satisfaction),
    staff: one.staff?.id ?? '',
  };
}

/**
 * Corrects a contact by the same form; what is wrong with it, empty when it is done. A time and duration left as they were
 * filled in stay what they are, to the second.
 */
export async function postCorrection(
  ctx: Context,
  asked: Asked & { before: ContactItem },
): Promise<FormError[]> {
  const content = contentIn(asked);
  if ('errors' in content) return content.errors;
  const { fields, timeZone, before } = asked;
  const filled = filledWith(before, timeZone);
  const isLeft = (name: string) => fields.get(name) === filled[name];
  const input = {
    ...content.said,
    id: before.id,
    at: isLeft('at') ? before.at : (content.said.at ?? before.at),
    durationS: isLeft('minutes') ? before.durationS : (content.said.durationS ?? null),
  };
  const done = await attempt(correctContact(ctx, input), { validation_failed: null });
  return done.ok ? [] : fieldErrors(asked.t, done.errors, rulesOf(asked.t));
}

type Content = Omit<Parameters<typeof correctContact>[1], 'id' | 'at'> & { at: number | null };

function contentIn({ t, fields, timeZone }: Asked): { said: Content } | { errors: FormError[] } {
  const value = (name: string) => fields.get(name) ?? '';
  const channel = oneOf(value('channel'), contactChannels) ?? 'phone';
  const at = value('at') === '' ? null : localTime(value('at'), timeZone);
  const minutes = value('minutes') === '' ? null : minutesIn(value('minutes'));
  const rules = rulesOf(t);
  const wrong = [
    ...(at === undefined ? [{ path: 'at', code: 'invalid' }] : []),
    ...(minutes === undefined ? [{ path: 'durationS', code: 'invalid' }] : []),
  ];
  if (wrong.length > 0)
    return {
      errors: fieldErrors(
        t,
        wrong.map((error) => ({ ...error, message: '' })),
        rules,
      ),
    };
  const satisfaction = Number(value('satisfaction')) || null;
  return {
    said: {
      channel,
      direction: oneOf(value('direction'), contactDirections) ?? 'out',
      isMissed: value('missed') === 'yes',
      at: at ?? null,
      durationS: minutes == null ? null : minutes * 60,
      staffId: value('staff') || null,
      summary: value('summary') || null,
      mood: oneOf(value('mood'), contactMoods),
      satisfaction,
    },
  };
}

/** What a field for a day and time of the business's clock holds; undefined for what is none. */
function localTime(typed: string, timeZone: string): number | undefined {
  const parts = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):([0-5]\d)(?::\d\d)?$/.exec(typed);
  const [, day = '', hour, minute] = parts ?? [];
  return isDay(day) ? instantOfLocal(`${day}T${hour}:${minute}:00.000`, timeZone) : undefined;
}

function minutesIn(typed: string): number | undefined {
  const minutes = Number(typed);
  return /^\d{1,4}$/.test(typed) && minutes <= 1440 ? minutes : undefined;
}

function rulesOf(t: Messages): Record<string, FieldRule> {
  return {
    at: { field: 'at', label: t.contacts_when(), rule: t.contacts_rule_when() },
    durationS: { field: 'minutes', label: t.contacts_minutes(), rule: t.contacts_minutes_rule() },
    customer: { field: 'main', label: t.contacts_whom(), rule: t.contacts_rule_whom() },
    summary: { field: 'summary', label: t.contacts_summary(), rule: t.contacts_rule_summary() },
    isMissed: { field: 'missed', label: t.contacts_missed(), rule: t.contacts_rule_missed() },
    wantsAnswer: { field: 'waits', label: t.contacts_wants_answer(), rule: t.contacts_rule_waits() },
    staffId: { field: 'staff', label: t.contacts_person(), rule: t.contacts_rule_person() },
    satisfaction: { field: 'satisfaction', label: t.contacts_satisfaction(), rule: t.contacts_rule_choice() },
    'nextStep.what': { field: 'step', label: t.contacts_step_what(), rule: t.contacts_step_rule() },
    'nextStep.dueOn': { field: 'step_on', label: t.contacts_step_on(), rule: t.contacts_step_day_rule() },
    'nextStep.staffId': { field: 'step_staff', label: t.contacts_step_who(), rule: t.contacts_rule_person() },
  };
}
