import { startOfDay } from '../../../ground/platform/business-time.ts';
import { addDays, isDay } from '../../../ground/platform/calendar.ts';
import type { FieldError } from '../../../ground/platform/errors.ts';
import { currencyExponent, parseDecimal } from '../../../ground/platform/money.ts';
import { refuseFields } from '../../../ground/platform/parse-input.ts';
import { searchedText } from '../../../ground/platform/search-words.ts';
import type { Business } from '../../../money/business/business.ts';
import { type OwnField, readOwnValue } from '../../../people/own-fields/own-field.ts';
import { type CustomerFilter, type CustomerOrder, customerSorts } from './customer-filter.ts';

/** What staff ask of the list of customers, as the address says it; empty is anything. Days are business days. */
export interface CustomersAsked {
  search: string;
  /** Of a company, household or department: how its name begins. */
  company: string;
  kind: string;
  /** `yes` or `no`. */
  club: string;
  member: string;
  debt: string;
  lapsed: string;
  news: string;
  /** What they spent, as people type it. */
  from: string;
  to: string;
  /** The first and the last day of the last order, and of joining. */
  lastSince: string;
  lastUntil: string;
  joinedSince: string;
  joinedUntil: string;
  /** The key of an own field, and what it holds. */
  own: string;
  value: string;
  /** In whose hands they are: the id of a member of the team, or `mine`. */
  manager: string;
  sort: string;
  /** `up` or `down`; as is usual for what is sorted by, unless given. */
  order: string;
}

export const askedNames = [
  ...(['search', 'company', 'kind', 'club', 'member', 'debt', 'lapsed', 'news', 'from', 'to'] as const),
  ...(['lastSince', 'lastUntil', 'joinedSince', 'joinedUntil', 'own', 'value'] as const),
  ...(['manager', 'sort', 'order'] as const),
] as const satisfies readonly (keyof CustomersAsked)[];

/** Whether the filters ask for anything; the order does not count. */
export const isFiltered = ({ sort: _, order: __, ...asked }: CustomersAsked): boolean =>
  Object.values(asked).some((value) => value !== '');

export interface ReadCustomerFilter {
  filter: CustomerFilter;
  order: CustomerOrder;
  text: string;
  company: string;
  /** A part of what an own field of text holds. */
  ownText: { key: string; text: string } | null;
}

/** @throws {AppError} `validation_failed` for a day, an amount or a value that is none */
export function readFilter(
  asked: CustomersAsked,
  {
    business,
    fields,
    readerId,
  }: { business: Business; fields: readonly OwnField[]; readerId: string | null },
): ReadCustomerFilter {
  const errors: FieldError[] = [];
  const { timeZone, currency } = business;
  const day = (path: 'lastSince' | 'lastUntil' | 'joinedSince' | 'joinedUntil', days: number) => {
    const text = asked[path].trim();
    if (text === '') return null;
    if (isDay(text)) return startOfDay(addDays(text, days), timeZone);
    errors.push({ path, code: 'invalid_date', message: 'has to be a day' });
    return null;
  };
  const amount = (path: 'from' | 'to') => {
    const text = asked[path].trim().replace(',', '.');
    if (text === '') return null;
    const parsed = parseDecimal(text, currencyExponent(currency ?? '') ?? 2);
    if (parsed.ok) return parsed.minor;
    errors.push({ path, code: 'invalid_amount', message: 'has to be an amount' });
    return null;
  };
  const filter: CustomerFilter = {
    kind: kinds.find((kind) => kind === asked.kind) ?? null,
    isInClub: yesOrNo(asked.club),
    isClaimed: yesOrNo(asked.member),
    hasDebt: yesOrNo(asked.debt),
    hasLapsed: yesOrNo(asked.lapsed),
    wantsNews: yesOrNo(asked.news),
    spendFrom: amount('from'),
    spendTo: amount('to'),
    lastSince: day('lastSince', 0),
    lastUntil: day('lastUntil', 1),
    joinedSince: day('joinedSince', 0),
    joinedUntil: day('joinedUntil', 1),
    own: ownIn(asked, fields, errors),
    managerId: managerIn(asked, readerId),
    ids: null,
  };
  refuseFields(errors);
  const text = searchedText(asked.search);
  return {
    filter,
    order: orderIn(asked),
    text,
    company: searchedText(asked.company),
    ownText: ownTextIn(asked, fields),
  };
}

function managerIn({ manager }: CustomersAsked, readerId: string | null): string | null {
  if (manager === '') return null;
  return manager === 'mine' ? readerId : manager;
}

const kinds = ['personal', 'household', 'company'] as const;

function yesOrNo(text: string): boolean | null {
  if (text === 'yes') return true;
  return text === 'no' ? false : null;
}

const fieldIn = ({ own, value }: CustomersAsked, fields: readonly OwnField[]): OwnField | undefined =>
  value.trim() === '' ? undefined : fields.find(({ key }) => key === own);

function ownIn(
  asked: CustomersAsked,
  fields: readonly OwnField[],
  errors: FieldError[],
): CustomerFilter['own'] {
  const field = fieldIn(asked, fields);
  if (field === undefined || field.kind === 'text') return null;
  const read = readOwnValue(field, asked.value);
  if (read.ok) return { key: field.key, value: read.value };
  errors.push({ path: 'value', code: read.code, message: read.message });
  return null;
}

function ownTextIn(asked: CustomersAsked, fields: readonly OwnField[]): ReadCustomerFilter['ownText'] {
  const field = fieldIn(asked, fields);
  const text = searchedText(asked.value);
  return field?.kind === 'text' && text !== '' ? { key: field.key, text } : null;
}

/** Names from the first letter on; else the newest, largest and latest first. */
function orderIn({ sort: by, order }: CustomersAsked): CustomerOrder {
  const sort = customerSorts.find((known) => known === by) ?? 'joined';
  if (order === 'up' || order === 'down') return { sort, isFalling: order === 'down' };
  return { sort, isFalling: sort !== 'name' };
}
