import type { Setting } from '../functions/desk/console/settings/list-settings.ts';
import { type DayFlaw, type DayRow, readRows, toPolicy, toRows } from './opening-hours.ts';

type Fields = ReadonlyMap<string, string>;

/** Opening hours as their form shows them; rows are null where only a text can hold them. */
export interface HoursForm {
  rows: DayRow[] | null;
  /** What they say now, and what they said when the form was made. */
  text: string;
  was: string;
  flaws: ReadonlyMap<string, DayFlaw>;
}

/** What is kept, or what was typed instead. */
export function readHours(kept: string, form: Fields | null): HoursForm {
  const keptRows = toRows(kept);
  if (keptRows === null)
    return { rows: null, text: form?.get('businessHours') ?? kept, was: kept, flaws: new Map() };
  const was = toPolicy(keptRows).text;
  if (!form?.has('hours_mon')) return { rows: keptRows, text: was, was, flaws: new Map() };
  const rows = readRows(form);
  return { rows, was, ...toPolicy(rows) };
}

/** The field that tells what was in force when the form was made. */
export const wasField = (key: string): string => `was_${key}`;

/** What a setting's own field shows of a text that sets it: an amount or address that may be none is then empty. */
export const typedOf = ({ form: { kind } }: Setting, text: string): string =>
  (kind === 'amount' || kind === 'address') && text === 'off' ? '' : text;

/**
 * What a form changes. What somebody left as it was is not sent: others may have changed it meanwhile.
 */
export function changedSettings(settings: readonly Setting[], form: Fields): [key: string, value: string][] {
  return settings.flatMap((setting): [string, string][] => {
    const { key, form: kind } = setting;
    const isByDay = kind.kind === 'hours' && form.has('hours_mon');
    const typed = isByDay ? readHours(setting.inForce, form).text : form.get(key);
    if (typed === undefined || typed === form.get(wasField(key))) return [];
    if (kind.kind === 'address') return [[key, typed === '' ? 'off' : typed]];
    if (kind.kind !== 'amount') return [[key, typed]];
    const amount = typed.replace(',', '.');
    return [[key, kind.mayBeOff && amount === '' ? 'off' : amount]];
  });
}
