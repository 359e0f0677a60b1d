import { compare } from '../../ground/platform/compare.ts';
import { type NotMoney, parseDecimal } from '../../ground/platform/money.ts';
import type { RuleShape } from './programme-shape.ts';
import type { Band, Pays, Rule, Scheme, Target } from './types.ts';

/** `report` takes the path within the rule. */
export interface RuleReading {
  exponent: number;
  report: (path: (string | number)[], code: string, text: string) => void;
}

/** Reads the decimals of one rule and checks what DOMAIN.md §2 refuses; the result counts only if nothing was reported. */
export function readRule(shape: RuleShape, reading: RuleReading): Rule {
  return {
    id: shape.id,
    name: shape.name,
    scheme: readScheme(shape, reading),
    period: shape.period,
    counts: shape.counts,
    settleAfterDays: shape.settleAfterDays,
    expires: shape.expires,
    pays: readPays(shape.pays, reading),
    audience: shape.for,
    from: shape.from,
  };
}

function readScheme(shape: RuleShape, reading: RuleReading): Scheme {
  switch (shape.scheme) {
    case 'every':
      return {
        kind: 'every',
        spend: readPositive(shape.spend, ['spend'], reading),
        back: readPositive(shape.back, ['back'], reading),
      };
    case 'steps':
      return { kind: 'steps', targets: readTargets(shape.targets, reading) };
    case 'bands':
      return { kind: 'bands', mode: shape.mode, bands: readBands(shape, reading) };
  }
}

function readTargets(targets: { spend: string; back: string }[], reading: RuleReading): Target[] {
  const read = targets.map(({ spend, back }, index) => ({
    index,
    spend: readPositive(spend, ['targets', index, 'spend'], reading),
    back: readPositive(back, ['targets', index, 'back'], reading),
  }));
  read.sort((a, b) => compare(a.spend, b.spend) || a.index - b.index);
  read.forEach(({ index, spend }, place) => {
    if (spend > 0n && read[place - 1]?.spend === spend)
      reading.report(['targets', index, 'spend'], 'duplicate', 'another target has the same spend');
  });
  return read.map(({ spend, back }) => ({ spend, back }));
}

function readBands(shape: RuleShape & { scheme: 'bands' }, reading: RuleReading): Band[] {
  const read = shape.bands.map(({ from, percent }, index) => ({
    index,
    from: readMoney(from, ['bands', index, 'from'], reading),
    bps: readPercent(percent, ['bands', index, 'percent'], reading),
  }));
  const sorted = read.filter(isRead).sort((a, b) => compare(a.from, b.from) || a.index - b.index);
  sorted.forEach(({ index, from, bps }, place) => {
    const below = sorted[place - 1];
    if (below === undefined) return;
    if (below.from === from)
      reading.report(['bands', index, 'from'], 'duplicate', 'another band starts at the same spend');
    else if (shape.mode === 'whole' && bps < below.bps)
      reading.report(
        ['bands', index, 'percent'],
        'falls',
        'is below the band before it, so spending more would pay less',
      );
  });
  return sorted.map(({ from, bps }) => ({ from, bps }));
}

function isRead(band: {
  index: number;
  from: bigint | null;
  bps: number | null;
}): band is Band & { index: number } {
  return band.from !== null && band.bps !== null;
}

function readPays(pays: RuleShape['pays'], reading: RuleReading): Pays {
  if (pays === 'credit') return pays;
  const minimum = readMoney(pays.voucher.minimum, ['pays', 'voucher', 'minimum'], reading) ?? 0n;
  return { voucher: { months: pays.voucher.months, minimum } };
}

function readPercent(text: string, path: (string | number)[], { report }: RuleReading): number | null {
  const parsed = parseDecimal(text, 2);
  if (!parsed.ok) report(path, parsed.reason, `${quoted(text)} ${whyNot(parsed.reason, 2)}`);
  else if (parsed.minor > 10_000n) report(path, 'too_large', `${quoted(text)} is more than 100 per cent`);
  else if (parsed.minor === 0n)
    report(path, 'not_positive', 'must be more than 0; leave the band out where nothing is paid');
  else return Number(parsed.minor);
  return null;
}

function readPositive(text: string, path: (string | number)[], reading: RuleReading): bigint {
  const minor = readMoney(text, path, reading);
  if (minor === 0n) reading.report(path, 'not_positive', 'must be more than 0');
  return minor ?? 0n;
}

function readMoney(
  text: string,
  path: (string | number)[],
  { exponent, report }: RuleReading,
): bigint | null {
  const parsed = parseDecimal(text, exponent);
  if (parsed.ok) return parsed.minor;
  report(path, parsed.reason, `${quoted(text)} ${whyNot(parsed.reason, exponent)}`);
  return null;
}

function quoted(text: string): string {
  return `"${text.length > 40 ? `${text.slice(0, 40)}…` : text}"`;
}

function whyNot(reason: NotMoney, exponent: number): string {
  switch (reason) {
    case 'not_a_number':
      return 'is not a number such as "5.00"';
    case 'comma':
      return 'has a comma; use a point before the decimals and no thousands separators';
    case 'too_many_decimals':
      return exponent === 0
        ? 'has decimals, but this currency has none'
        : `has more than ${exponent} decimals`;
    case 'negative':
      return 'must not be negative';
    case 'too_large':
      return 'is too large';
  }
}
