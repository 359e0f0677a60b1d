import { columns, emptyRow, rejectedColumn, type TextColumn, type TillRow } from './columns.ts';

/** A kind of file that is recognised by its headers. */
export interface TillFormat {
  /** Also the `source` of its orders unless the file says otherwise. */
  name: string;
  title: string;
  /** Headers that must all be there, without regard to case. */
  signature: readonly string[];
  /** How its files are read; called once a file. */
  open(header: Header, options: TillOptions): Till;
}

export interface TillOptions {
  /** For files that do not say their currency; null when nobody said it. */
  defaultCurrency: string | null;
}

/** How to read one file: a pure mapping from a row's cells to our columns. */
export interface Till {
  name: string;
  title: string;
  read(cells: readonly string[]): TillRow;
  /** What the file itself calls our column, for messages. */
  nameOf(column: TextColumn): string;
  /** Whether some rows may leave out what belongs to the whole order; they then say `is_continued`. */
  isOrderOnFirstRow: boolean;
  /** Columns of the whole order of which its rows may tell several values, and which of them to take. */
  several?: Several;
  /** Sees every row of the file before the first is read, where rows can be understood only together. */
  look?: (cells: readonly string[]) => void;
  /** Headers that nothing is read from. */
  ignored: readonly string[];
  /** What else a person should know of the file once all of its rows were read, as sentences. */
  notes?: () => string[];
}

export type Several = Partial<Record<TextColumn, 'first' | 'last'>>;

/** The headers of a file, found without regard to case and outer space. */
export interface Header {
  names: readonly string[];
  /** The place of the first of `names` that exists. */
  find(names: readonly string[]): number | null;
}

export function openHeader(cells: readonly string[]): Header {
  const names = cells.map((cell) => cell.trim());
  const places = new Map<string, number>();
  for (const [place, name] of names.entries()) {
    if (!places.has(name.toLowerCase())) places.set(name.toLowerCase(), place);
  }
  const placeOf = (name: string) => places.get(name.trim().toLowerCase());
  return {
    names,
    find: (wanted) => wanted.map(placeOf).find((place) => place !== undefined) ?? null,
  };
}

/** Says under which headers a till keeps our columns, most wanted first, and what else its rows need to be understood. */
export interface TableLayout<Extra extends string> {
  format: Pick<TillFormat, 'name' | 'title'>;
  columns: Partial<Record<TextColumn, readonly string[]>>;
  extras: Record<Extra, readonly string[]>;
  isOrderOnFirstRow: boolean;
  /** Completes a row of which `columns` are filled in. */
  finish(row: TillRow, extra: (name: Extra) => string): void;
}

export function openTable<Extra extends string>(header: Header, layout: TableLayout<Extra>): Till {
  const used = new Set<number>();
  const place = (names: readonly string[]): number | null => {
    const found = header.find(names);
    if (found !== null) used.add(found);
    return found;
  };
  const cells: { column: TextColumn; at: number }[] = [];
  for (const [column, names] of columnsOf(layout.columns)) {
    const at = place(names);
    if (at !== null) cells.push({ column, at });
  }
  const extras = new Map<string, number | null>();
  for (const name in layout.extras) extras.set(name, place(layout.extras[name]));
  const headers = new Map(cells.map(({ column, at }) => [column, header.names[at]]));
  return {
    ...layout.format,
    isOrderOnFirstRow: layout.isOrderOnFirstRow,
    ignored: header.names.filter((name, at) => name !== '' && name !== rejectedColumn && !used.has(at)),
    nameOf: (column) =>
      headers.get(column) ?? (column === 'line_total' ? headers.get('unit_price') : undefined) ?? column,
    read(row) {
      const read = { ...emptyRow };
      for (const { column, at } of cells) read[column] = row[at] ?? '';
      layout.finish(read, (name) => row[extras.get(name) ?? row.length] ?? '');
      return read;
    },
  };
}

function columnsOf(
  layout: Partial<Record<TextColumn, readonly string[]>>,
): [TextColumn, readonly string[]][] {
  const entries: [TextColumn, readonly string[]][] = [];
  for (const column of textColumns) {
    const names = layout[column];
    if (names !== undefined) entries.push([column, names]);
  }
  return entries;
}

const beside = [
  'unit_price',
  'order_discount',
  'order_subtotal',
  'order_refunded',
  'order_total',
  'line_tax',
  'line_shipping',
  'row_id',
  'quantity_left',
  'refund_id',
  'refunded_at',
  'refunded_order',
] as const;
const textColumns: readonly TextColumn[] = [...columns, ...beside];
