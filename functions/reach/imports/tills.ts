import type { AppError } from '../../ground/platform/errors.ts';
import type { ColumnMap } from './column-map.ts';
import { requiredColumns } from './columns.ts';
import { openMapped } from './open-mapped.ts';
import { refusedFile } from './refused-file.ts';
import { type Header, openHeader, type Till, type TillFormat, type TillOptions } from './till.ts';
import { amazon } from './tills/amazon.ts';
import { ebay } from './tills/ebay.ts';
import { etsy } from './tills/etsy.ts';
import { etsyOrders } from './tills/etsy-orders.ts';
import { own } from './tills/own.ts';
import { paypal } from './tills/paypal.ts';
import { shopify } from './tills/shopify.ts';
import { square } from './tills/square.ts';
import { stripe } from './tills/stripe.ts';
import { woocommerce } from './tills/woocommerce.ts';

/**
 * Tells by its headers how a file is to be read; a map, where given, decides instead.
 * @throws AppError that lists what is missing, what the file has, the nearest known till, and how to write a map
 */
export function recogniseTill(
  cells: readonly string[],
  options: TillOptions & { map?: ColumnMap | undefined },
): Till {
  const header = openHeader(cells);
  if (options.map !== undefined) return openMapped(header, options.map);
  const format = formatOf(header);
  if (format === undefined) throw unknownHeaders(header);
  return format.open(header, options);
}

/** How a file is read without a map; null when its headers are not known. */
export function findTill(cells: readonly string[], options: TillOptions): Till | null {
  const header = openHeader(cells);
  return formatOf(header)?.open(header, options) ?? null;
}

function formatOf(header: Header): TillFormat | undefined {
  return formats.find((candidate) => missingFrom(header, candidate).length === 0);
}

const formats: readonly TillFormat[] = [
  own,
  shopify,
  ...woocommerce,
  ...square,
  etsy,
  etsyOrders,
  ...stripe,
  ebay,
  ...amazon,
  ...paypal,
];

function missingFrom(header: Header, format: TillFormat): string[] {
  return format.signature.filter((name) => header.find([name]) === null);
}

function unknownHeaders(header: Header): AppError {
  const missing = missingFrom(header, own);
  const found = header.names.slice(0, 40).map((name) => name.slice(0, 60));
  const lines = [
    `These headers are not known. Required columns that are missing: ${missing.join(', ')}.`,
    `The file has: ${found.join(', ')}${header.names.length > 40 ? ', …' : ''}.`,
    ...nearest(header),
    'To read the file as it is, let --guess write a map, or write one, and pass it with --map FILE, for example:',
    JSON.stringify({ source: 'till-2', columns: Object.fromEntries(requiredColumns.map(exampleOf(header))) }),
  ];
  const told = { missing: missing.join(', '), found: found.join(', ') };
  return refusedFile('headers_unknown', told, { message: lines.join('\n') });
}

function nearest(header: Header): string[] {
  const ranked = formats
    .map((format) => ({ format, missing: missingFrom(header, format) }))
    .map((it) => ({ ...it, found: it.format.signature.length - it.missing.length }))
    .map((it) => ({ ...it, share: it.found / it.format.signature.length }))
    .sort((a, b) => b.share - a.share);
  const [best] = ranked;
  if (best === undefined || best.share < NEAR || best.found < NEAR_HEADERS) return [];
  return [`It looks most like a ${best.format.title}, which also has: ${best.missing.join(', ')}.`];
}

/** Of the headers that mark a kind of file; with fewer in common it is another one. */
const NEAR = 0.4;
const NEAR_HEADERS = 3;

function exampleOf(header: Header): (column: string, index: number) => [string, string] {
  return (column, index) => {
    const place = header.find([column]);
    return [column, place === null ? `header ${index + 1}` : (header.names[place] ?? column)];
  };
}
