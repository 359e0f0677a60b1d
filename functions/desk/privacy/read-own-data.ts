import { unzipSync } from 'fflate';
import { z } from 'zod';
import { AppError } from '../../ground/platform/errors.ts';
import { readInteger } from '../../ground/platform/exact-json.ts';
import { eventStatuses } from '../../money/orders/statuses.ts';

const text = z.string();
const optional = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
const at = z.iso.datetime().transform((value) => Date.parse(value));
const minor = z.union([z.int(), z.string().regex(/^-?\d{1,19}$/)]).transform(readInteger);
const optionalMinor = z
  .union([z.null(), minor])
  .optional()
  .transform((value) => value ?? null);
const flag = z.enum(['yes', 'no']).transform((value) => value === 'yes');

/** Of a download, what another portal takes in as history; the rest follows from it, or is of the first portal alone. */
const rows = {
  customers: z.object({
    email: optional,
    name: optional,
    phone: optional,
    address: optional,
    language: optional,
  }),
  orders: z.object({
    ...{ id: text, source: text, number: text, placed_at: at, placed_on: optional, currency: text },
    ...{ shipping_minor: optionalMinor, tax_minor: optionalMinor, tax_included_minor: optionalMinor },
    promised_by: optional,
  }),
  order_lines: z.object({
    ...{
      order_id: text,
      position: z.int(),
      line_id: text,
      sku: optional,
      product: optional,
      category: optional,
    },
    ...{ quantity_milli: z.int(), total_minor: minor, discount_minor: minor, is_gift_card: flag },
  }),
  order_events: z.object({
    ...{ order_id: text, source: text, event_id: text, status: z.enum(eventStatuses), at, at_on: optional },
    ...{
      note: optional,
      carrier: optional,
      tracking_number: optional,
      tracking_url: optional,
      parcel: optional,
    },
  }),
  refunds: z.object({ order_id: text, refund_id: text, at, at_on: optional, reason: optional }),
  refund_lines: z.object({ order_id: text, refund_id: text, line_id: text, amount_minor: minor }),
  feedback: z.object({
    ...{ id: text, reference: text, kind: text, text, language: optional, wants_reply: flag, source: text },
    ...{ at: text, order_source: optional, order_number: optional, line_id: optional, product: optional },
    ...{ served_by: optional, page: optional },
  }),
  feedback_messages: z.object({
    ...{ id: text, feedback_id: text, from: text, text, at: text, place: optional, url: optional },
  }),
};

export type OwnData = ReturnType<typeof readOwnData>;

/** More than anybody has told in a life; it is read whole. */
const BYTES_MAX = 512 * 1024 ** 2;

/**
 * Reads a download of somebody's data again, as `ownDataFiles` writes it.
 * @throws {AppError} `bad_request` for what is none, with file, line and field of a row that is wrong
 */
export function readOwnData(zip: Uint8Array) {
  const files = unzipped(zip);
  const read = <Row extends z.ZodType>(table: string, schema: Row): z.output<Row>[] =>
    linesOf(files, table).map((line, index) => rowOf(schema, { table, line, place: index + 1 }));
  const customers = read('customers', rows.customers);
  if (customers.length === 0) throw notOurs();
  return {
    customers,
    orders: read('orders', rows.orders),
    lines: read('order_lines', rows.order_lines),
    events: read('order_events', rows.order_events),
    refunds: read('refunds', rows.refunds),
    refundLines: read('refund_lines', rows.refund_lines),
    feedback: read('feedback', rows.feedback),
    messages: read('feedback_messages', rows.feedback_messages),
  };
}

const notOurs = () => new AppError('bad_request', 'This is no download of the data of one customer.');

function unzipped(zip: Uint8Array): Record<string, Uint8Array> {
  let bytes = 0;
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        if (!name.startsWith('data/')) return false;
        bytes += originalSize;
        if (bytes > BYTES_MAX) throw new RangeError('it unpacks to too much');
        return true;
      },
    });
  } catch (error) {
    throw new AppError('bad_request', 'This is no zip, or it is damaged.', { cause: error });
  }
}

function linesOf(files: Record<string, Uint8Array>, table: string): string[] {
  const written = files[`data/${table}.ndjson`];
  return written === undefined
    ? []
    : new TextDecoder()
        .decode(written)
        .split('\n')
        .filter((line) => line !== '');
}

function rowOf<Row extends z.ZodType>(
  schema: Row,
  { table, line, place }: { table: string; line: string; place: number },
): z.output<Row> {
  const parsed = schema.safeParse(parsedOrNull(line));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = `data/${table}.ndjson, line ${place}, ${issue?.path.join('.') ?? ''}`;
  throw new AppError('bad_request', `${where}: ${issue?.message ?? 'is wrong'}`);
}

function parsedOrNull(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
