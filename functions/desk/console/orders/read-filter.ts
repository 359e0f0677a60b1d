import { dayOf, startOfDay } from '../../../ground/platform/business-time.ts';
import { addDays, isDay } from '../../../ground/platform/calendar.ts';
import type { FieldError } from '../../../ground/platform/errors.ts';
import { currencyExponent, parseDecimal } from '../../../ground/platform/money.ts';
import { refuseFields } from '../../../ground/platform/parse-input.ts';
import { searchedText } from '../../../ground/platform/search-words.ts';
import type { Business } from '../../../money/business/business.ts';
import type { OrderFilter } from '../../../money/orders/order-filter.ts';
import {
  type OrderStatus,
  openStatuses,
  orderStatuses,
  returnStatuses,
} from '../../../money/orders/statuses.ts';

/** What staff ask of the list of orders, as the address says it; empty is anything. Days are business days. */
export interface OrdersAsked {
  search: string;
  /** The first and the last day on which they were placed. */
  since: string;
  until: string;
  /** `open`, `back` or one state. */
  state: string;
  source: string;
  currency: string;
  /** What they cost, as people type it. */
  from: string;
  to: string;
  /** `late`: promised by a day that is over, and not there. */
  promise: string;
  /** `without`: sales of nobody. */
  customer: string;
}

export const askedNames = [
  'search',
  'since',
  'until',
  'state',
  'source',
  'currency',
  'from',
  'to',
  'promise',
  'customer',
] as const satisfies readonly (keyof OrdersAsked)[];

export interface ReadFilter {
  filter: OrderFilter;
  text: string;
  isOfNobody: boolean;
}

/** @throws {AppError} `validation_failed` for a day or an amount that is none */
export function readFilter(
  asked: OrdersAsked,
  { timeZone, currency: own }: Business,
  now: number,
): ReadFilter {
  const errors: FieldError[] = [];
  const day = (path: 'since' | 'until') => {
    const text = asked[path].trim();
    if (text === '' || isDay(text)) return text || null;
    errors.push({ path, code: 'invalid_date', message: 'has to be a day' });
    return null;
  };
  const hasAmount = asked.from.trim() !== '' || asked.to.trim() !== '';
  const currency = currencyIn(asked.currency) ?? (hasAmount ? own : null);
  const amount = (path: 'from' | 'to') => {
    const text = asked[path].trim().replace(',', '.');
    if (text === '') return null;
    const parsed = parseDecimal(text, currencyExponent(currency ?? '') ?? 2);
    if (parsed.ok) return parsed.minor;
    errors.push({ path, code: 'invalid_amount', message: 'has to be an amount' });
    return null;
  };
  const [since, until] = [day('since'), day('until')];
  const filter: OrderFilter = {
    placedSince: since === null ? null : startOfDay(since, timeZone),
    placedUntil: until === null ? null : startOfDay(addDays(until, 1), timeZone),
    statuses: statusesIn(asked.state),
    source: asked.source.trim().slice(0, 100) || null,
    currency,
    amountFrom: amount('from'),
    amountTo: amount('to'),
    lateOn: asked.promise === 'late' ? dayOf(now, timeZone) : null,
    ids: null,
  };
  refuseFields(errors);
  return { filter, text: searchedText(asked.search), isOfNobody: asked.customer === 'without' };
}

const currencyIn = (text: string) => (currencyExponent(text) === null ? null : text);

function statusesIn(state: string): readonly OrderStatus[] | null {
  if (state === 'open') return openStatuses;
  if (state === 'back') return returnStatuses;
  const one = orderStatuses.find((known) => known === state);
  return one === undefined ? null : [one];
}
