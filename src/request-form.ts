import type { Reorder } from '../functions/care/order-requests/get-reorder.ts';
import { requestOrder } from '../functions/care/order-requests/request-order.ts';
import {
  NOTE_LENGTH_MAX,
  OWN_REFERENCE_MAX,
  REQUEST_LINES_MAX,
} from '../functions/care/order-requests/schema.ts';
import type { Formats } from '../functions/ground/formats/format.ts';
import type { Context } from '../functions/ground/platform/context.ts';
import type { FieldError } from '../functions/ground/platform/errors.ts';
import { attempt } from './attempt.ts';
import type { Messages } from './locale.ts';
import type { FormError } from './words/field-errors.ts';

/** What a form for goods is about, and the minimum it has to reach. */
interface Asked {
  kind: 'again' | 'form';
  accountId: string | null;
  order: { source: string; number: string } | null;
}

/** So many products stand in a form at most. */
const ROWS_MAX = 700;

/** What came of the form: the reference of the request, or what is wrong with it. */
export type RequestOutcome = { made: string } | { errors: FormError[]; retry_after_s: number | null };

/** Sends the form of an order to be had again, or the order form. @throws what no field can mend */
export async function postRequest(
  ctx: Context,
  words: { t: Messages; formats: Formats; minimum: Reorder['minimum'] },
  asked: Asked & { fields: ReadonlyMap<string, string> },
): Promise<RequestOutcome> {
  const { t } = words;
  const { fields, ...about } = asked;
  const read = readRows(fields, t);
  if ('errors' in read) return { ...read, retry_after_s: null };
  const { rows } = read;
  const value = (name: string) => fields.get(name) || null;
  const done = await attempt(
    requestOrder(ctx, {
      ...about,
      lines: rows.map(({ product, quantity }) => ({ product, quantity })),
      ...{ ownReference: value('ownReference'), wishedOn: value('wishedOn'), note: value('note') },
      key: fields.get('key') ?? '',
    }),
    {
      validation_failed: null,
      forbidden: t.reorder_no_form(),
      not_found: t.reorder_wrong_unknown(),
      too_many_requests: t.reorder_too_often(),
      idempotency_key_reused: t.form_again(),
    },
  );
  if (done.ok) return { made: done.output.reference };
  const { retry_after_s } = done;
  if (done.reason !== null) return { errors: [{ field: 'main', text: done.reason }], retry_after_s };
  const errors = done.errors.map((error) => errorOf(error, rows, words));
  return {
    errors: errors.filter((one, at) => errors.findIndex(({ field }) => field === one.field) === at),
    retry_after_s,
  };
}

interface Row {
  /** Its place in the form. */
  at: number;
  product: string;
  quantity: number;
}

/** What was typed of the products; rows without a number are not asked for. */
function readRows(
  fields: ReadonlyMap<string, string>,
  t: Messages,
): { rows: Row[] } | { errors: FormError[] } {
  const rows: Row[] = [];
  const errors: FormError[] = [];
  for (let at = 0; at < ROWS_MAX; at += 1) {
    const product = fields.get(`product-${at}`);
    if (product === undefined) break;
    const typed = (fields.get(`quantity-${at}`) ?? '').replace(',', '.');
    if (typed === '' || /^0+(?:\.0*)?$/.test(typed)) continue;
    const quantity = /^\d{1,7}(?:\.\d{1,3})?$/.test(typed) ? Number(typed) : Number.NaN;
    if (quantity > 0 && quantity <= 1_000_000) rows.push({ at, product, quantity });
    else errors.push({ field: `quantity-${at}`, text: t.reorder_wrong_quantity() });
  }
  if (errors.length > 0) return { errors };
  if (rows.length === 0 || rows.length > REQUEST_LINES_MAX)
    return { errors: [{ field: 'quantity-0', text: t.reorder_wrong_none() }] };
  return { rows };
}

function errorOf(
  { path, code }: FieldError,
  rows: readonly Row[],
  { t, formats, minimum }: { t: Messages; formats: Formats; minimum: Reorder['minimum'] },
): FormError {
  const [head, index] = path.split('.');
  if (head === 'ownReference')
    return { field: head, text: t.reorder_wrong_length({ max: OWN_REFERENCE_MAX }) };
  if (head === 'note') return { field: head, text: t.reorder_wrong_length({ max: NOTE_LENGTH_MAX }) };
  if (head === 'wishedOn') return { field: head, text: t.reorder_wrong_day() };
  if (head === 'lines' && code === 'below_minimum' && minimum !== null)
    return { field: 'main', text: t.reorder_wrong_minimum({ amount: formats.money(minimum.amount) }) };
  const row = index === undefined ? undefined : rows[Number(index)];
  if (row === undefined) return { field: 'main', text: t.form_again() };
  const text = code === 'gone' ? t.reorder_wrong_gone() : t.reorder_wrong_unknown();
  return { field: `quantity-${row.at}`, text };
}

/** A number of thousandths as people type it. */
export const quantityText = (milli: number): string => (milli === 0 ? '' : String(milli / 1000));
