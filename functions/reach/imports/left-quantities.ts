import { allocate } from '../../ground/platform/allocate.ts';
import { currencyExponent, MAX_MINOR, parseDecimal } from '../../ground/platform/money.ts';
import { multiply } from './decimals.ts';
import type { OrderFields, StagedLine } from './staged-line.ts';

interface LeftLine {
  id: string;
  quantityMilli: number;
  total: bigint;
  refunded: bigint;
}

/**
 * Some tills take refunded goods off a line's quantity and tell what was sold by the order's sum alone. This finds the
 * quantities that make up that sum, and takes what is no longer there as refunded. Unit prices are rounded, so the sum
 * decides over the cents. `rows` are those of `lines`. Answers what is left of each line; null where no row tells that.
 */
export function completeQuantities(
  lines: readonly LeftLine[],
  rows: readonly StagedLine[],
  { orderSubtotal, orderRefunded }: OrderFields,
): Map<string, number> | null {
  if (rows.every(({ leftMilli }) => leftMilli === null)) return null;
  const parts = lines.flatMap((line, index) => {
    const row = rows[index];
    return row === undefined ? [] : [partOf(line, row)];
  });
  const wanted = orderSubtotal ?? null;
  const gone = wanted === null ? null : findGone(parts, wanted);
  for (const [index, part] of parts.entries()) {
    part.goneUnits = gone?.[index] ?? part.goneUnitsMin;
    part.line.quantityMilli = part.leftMilli + part.goneUnits * 1000;
    part.line.total = priceOf(part, part.line.quantityMilli);
  }
  if (wanted !== null) meetSum(lines, wanted);
  for (const { line, goneUnits } of parts) {
    const quantity = BigInt(line.quantityMilli);
    line.refunded = (line.total * BigInt(goneUnits) * 2000n + quantity) / (quantity * 2n);
  }
  if (orderRefunded !== null) capRefunds(lines, orderRefunded);
  return new Map(parts.map(({ line, leftMilli }) => [line.id, leftMilli]));
}

interface Part {
  line: LeftLine;
  unitPrice: string;
  exponent: number;
  /** What one costs, rounded. */
  unit: bigint;
  leftMilli: number;
  goneUnits: number;
  /** A line of which nothing is left had one at least. */
  goneUnitsMin: number;
}

function partOf(line: LeftLine, row: StagedLine): Part {
  const exponent = currencyExponent(row.currency) ?? 2;
  const leftMilli = row.leftMilli ?? row.quantityMilli;
  const unitPrice = row.unitPrice ?? '0';
  const part = { line, unitPrice, exponent, unit: 0n, leftMilli, goneUnits: 0 };
  return { ...part, unit: priceOf(part, 1000), goneUnitsMin: leftMilli === 0 ? 1 : 0 };
}

function priceOf({ unitPrice, exponent }: Pick<Part, 'unitPrice' | 'exponent'>, milli: number): bigint {
  const quantity = `${Math.floor(milli / 1000)}.${String(milli % 1000).padStart(3, '0')}`;
  const parsed = parseDecimal(multiply({ unit: unitPrice.trim(), quantity, exponent }), exponent);
  return parsed.ok && parsed.minor <= MAX_MINOR ? parsed.minor : 0n;
}

const TRIES_MAX = 20_000;

/** How many units of each line came back, so that all together cost `wanted`; the fewest, null when none do. */
function findGone(parts: readonly Part[], wanted: bigint): number[] | null {
  const best: { gone: number[] | null; units: number } = { gone: null, units: Number.POSITIVE_INFINITY };
  let tries = 0;
  const visit = (gone: number[], missing: bigint, units: number): void => {
    tries += 1;
    const part = parts[gone.length];
    const slack =
      BigInt(units) + BigInt(Math.ceil(parts.reduce((sum, one) => sum + one.leftMilli, 0) / 1000));
    if (tries > TRIES_MAX || missing < -slack || units >= best.units) return;
    if (part === undefined) {
      if (missing <= slack) Object.assign(best, { gone, units });
      return;
    }
    const most = part.unit === 0n ? part.goneUnitsMin : Number((missing + slack) / part.unit) + 1;
    for (let count = part.goneUnitsMin; count <= Math.max(most, part.goneUnitsMin); count++) {
      visit([...gone, count], missing - part.unit * BigInt(count), units + count);
    }
  };
  const left = parts.reduce((sum, part) => sum + priceOf(part, part.leftMilli), 0n);
  visit([], wanted - left, 0);
  return best.gone;
}

/** Brings the totals of the lines to their sum, the dearest first. */
function meetSum(lines: readonly LeftLine[], wanted: bigint): void {
  const difference = wanted - lines.reduce((sum, { total }) => sum + total, 0n);
  const dearest = lines.reduce((a, b) => (b.total > a.total ? b : a), lines[0] ?? noLine);
  if (difference > 0n) dearest.total += difference;
  const shares = allocate(
    -difference,
    lines.map(({ total }) => total),
  );
  if (difference < 0n) for (const [index, line] of lines.entries()) line.total -= shares[index] ?? 0n;
}

const noLine: LeftLine = { id: '', quantityMilli: 0, total: 0n, refunded: 0n };

/** Goods may come back without their money. */
function capRefunds(lines: readonly LeftLine[], most: bigint): void {
  const refunds = lines.map(({ refunded }) => refunded);
  const shares = allocate(most, refunds);
  for (const [index, line] of lines.entries()) line.refunded = shares[index] ?? 0n;
}
