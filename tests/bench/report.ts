import { readFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import type { Compared } from './compare.ts';
import { type BesideOrders, deskLines } from './desk-report.ts';
import type { EmbeddedRows } from './embedded.ts';
import type { ComparedExport } from './exports.ts';
import { type ComparedFacts, factsLine } from './facts.ts';
import type { ComparedForecast } from './forecasts.ts';
import type { ComparedImport } from './imports.ts';
import type { ComparedInvoices } from './invoice-imports.ts';
import type { ComparedRehearsal } from './rehearsals.ts';

export interface Results extends BesideOrders {
  small: EmbeddedRows;
  large: EmbeddedRows;
  sizes: { small: number; large: number };
  facts: ComparedFacts;
  imported: ComparedImport | null;
  invoices: ComparedInvoices;
  rehearsed: ComparedRehearsal | null;
  forecasts: ComparedForecast[];
  exported: ComparedExport;
  distributed: Compared | null;
}

export interface Line {
  what: string;
  ours: string;
  ceiling: string;
  ratio: number;
  wanted: string;
  isMet: boolean;
  latency: string;
  cpu: string;
}

const names: Record<keyof EmbeddedRows, { what: string; least: number }> = {
  orders: { what: 'order ingest', least: 0.5 },
  balance: { what: 'balance', least: 0.5 },
  latestOrders: { what: '20 latest orders', least: 0.5 },
  accountPage: { what: 'the page `/account`', least: 0.3 },
};
const GROWTH_MOST = 1.15;

/** The table of one run, as Markdown. */
export function tableOf(results: Results): string {
  const head =
    '| what | ours | ceiling | ours / ceiling | wanted | | p50 and p99, ours · ceiling | CPU a request, ours · ceiling |';
  const rows = linesOf(results).map(rowOf);
  return [head, '| --- | ---: | ---: | ---: | ---: | --- | --- | --- |', ...rows].join('\n');
}

export const rowOf = (line: Line) =>
  `| ${line.what} | ${line.ours} | ${line.ceiling} | **${line.ratio.toFixed(2)}** | ${line.wanted} | ${line.isMet ? '✓' : '✗'} | ${line.latency} | ${line.cpu} |`;

function linesOf(results: Results): Line[] {
  const { small, large, sizes, facts, imported, invoices, rehearsed, forecasts, exported, distributed } =
    results;
  const count = new Intl.NumberFormat('en');
  const kinds = ['orders', 'balance', 'latestOrders', 'accountPage'] as const;
  return [
    ...kinds.flatMap((kind) => [
      line(`${names[kind].what}, ${count.format(sizes.small)} orders`, small[kind], names[kind].least),
      line(`${names[kind].what}, ${count.format(sizes.large)} orders`, large[kind], names[kind].least),
      growth(names[kind].what, small[kind], large[kind]),
    ]),
    factsLine(facts),
    ...(imported === null ? [] : [importLine(imported)]),
    invoiceLine(invoices),
    ...(rehearsed === null ? [] : [rehearsalLine(rehearsed)]),
    ...forecasts.map(forecastLine),
    exportLine(exported),
    ...(distributed === null ? [] : [line('order ingest, workerd and sqld', distributed, 0.5)]),
    ...deskLines(results, sizes),
  ];
}

function line(what: string, { ours, ceiling }: Compared, least: number): Line {
  const ratio = ours.perSecond / ceiling.perSecond;
  const hasCpu = ours.cpu_us > 0 && ceiling.cpu_us > 0;
  return {
    what,
    ours: `${Math.round(ours.perSecond)}/s`,
    ceiling: `${Math.round(ceiling.perSecond)}/s`,
    ratio,
    wanted: `≥ ${least}`,
    isMet: ratio >= least && Number.isFinite(ratio),
    latency: `${ours.p50_ms} / ${ours.p99_ms} · ${ceiling.p50_ms} / ${ceiling.p99_ms} ms`,
    cpu: hasCpu ? `${Math.round(ours.cpu_us)} · ${Math.round(ceiling.cpu_us)} µs` : '',
  };
}

/** How much slower ours becomes with a large database, beside how much slower the ceiling does. */
function growth(what: string, small: Compared, large: Compared): Line {
  const ours = small.ours.perSecond / large.ours.perSecond;
  const ceiling = small.ceiling.perSecond / large.ceiling.perSecond;
  const ratio = ours / ceiling;
  return {
    what: `growth: ${what}`,
    ours: `× ${ours.toFixed(2)}`,
    ceiling: `× ${ceiling.toFixed(2)}`,
    ratio,
    wanted: `≤ ${GROWTH_MOST}`,
    isMet: ratio <= GROWTH_MOST,
    latency: '',
    cpu: '',
  };
}

function importLine({ orders, ours_s, ceiling_s }: ComparedImport): Line {
  const ratio = ceiling_s / ours_s;
  const rate = (seconds: number) => `${Math.round(orders / seconds)}/s`;
  return {
    what: `import of ${new Intl.NumberFormat('en').format(orders)} orders`,
    ours: rate(ours_s),
    ceiling: rate(ceiling_s),
    ratio,
    wanted: '≥ 0.5',
    isMet: ratio >= 0.5,
    latency: `${ours_s.toFixed(1)} · ${ceiling_s.toFixed(1)} s`,
    cpu: '',
  };
}

/** Flat memory is part of what is wanted: the file has 50 MB, and any size has to do. */
function invoiceLine({ rows, ours_s, ceiling_s, memory_mb }: ComparedInvoices): Line {
  const ratio = ceiling_s / ours_s;
  const rate = (seconds: number) => `${Math.round(rows / seconds)} rows/s`;
  return {
    what: `import of ${new Intl.NumberFormat('en').format(rows)} invoice rows by a map`,
    ours: rate(ours_s),
    ceiling: rate(ceiling_s),
    ratio,
    wanted: '≥ 0.15',
    isMet: ratio >= 0.15 && memory_mb < 500,
    latency: `${ours_s.toFixed(1)} · ${ceiling_s.toFixed(1)} s, ${memory_mb} MB at most`,
    cpu: '',
  };
}

/** What counts is that somebody waits for it; the ceiling has its rows in memory already. */
function rehearsalLine({ orders, ours_s, ceiling_s }: ComparedRehearsal): Line {
  return {
    what: `rehearsal over ${new Intl.NumberFormat('en').format(orders)} orders`,
    ours: `${ours_s.toFixed(2)} s`,
    ceiling: `${ceiling_s.toFixed(2)} s`,
    ratio: ceiling_s / ours_s,
    wanted: '≤ 2 s',
    isMet: ours_s <= 2,
    latency: '',
    cpu: '',
  };
}

/** In a thread of its own; the ceiling evaluates one plain model as often, and searches nothing. */
function forecastLine({
  accounts,
  isJob,
  ours_s,
  ceiling_s,
  ours_cpu_s,
  delay_p99_ms,
  memory_mb,
}: ComparedForecast): Line {
  const most_s = accounts > 100_000 ? 60 : 3;
  return {
    what: `forecasts of ${new Intl.NumberFormat('en').format(accounts)} accounts${isJob ? ', in a database, with the record of the past' : ''}`,
    ours: `${ours_s.toFixed(1)} s`,
    ceiling: `${ceiling_s.toFixed(1)} s`,
    ratio: ceiling_s / ours_s,
    wanted: `≤ ${most_s} s`,
    isMet: ours_s <= most_s && delay_p99_ms <= 50,
    latency: `others waited ${delay_p99_ms.toFixed(0)} ms (p99), ${memory_mb} MB at most`,
    cpu: `${ours_cpu_s.toFixed(1)} s of processor`,
  };
}

function exportLine({ answers, ours_s, ceiling_s, firstByte_s, anonymous_mb }: ComparedExport): Line {
  const ratio = ceiling_s / ours_s;
  const rate = (seconds: number) => `${Math.round(answers / seconds)}/s`;
  const beside = `first byte after ${firstByte_s.toFixed(2)} s, ${Math.round(anonymous_mb)} MB at most`;
  return {
    what: `export of ${new Intl.NumberFormat('en').format(answers)} answers`,
    ours: rate(ours_s),
    ceiling: rate(ceiling_s),
    ratio,
    wanted: '≥ 0.6',
    isMet: ratio >= 0.6 && firstByte_s <= 1 && anonymous_mb < 150,
    latency: `${ours_s.toFixed(1)} · ${ceiling_s.toFixed(1)} s, ${beside}`,
    cpu: '',
  };
}

const MARK = '<!-- measured: written by `npm run bench` -->';

/** The document with its table replaced. */
export function documentOf(path: URL, table: string, at: Date): string {
  const [before = ''] = readFileSync(path, 'utf8').split(MARK);
  const machine = `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? 'an unknown kind'}`;
  const when = `Measured on ${at.toISOString().slice(0, 10)} with Node ${process.versions.node} on ${machine}.`;
  return `${before}${MARK}\n\n${when}\n\n${table}\n`;
}
