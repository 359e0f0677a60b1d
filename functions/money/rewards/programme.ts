import assert from 'node:assert/strict';
import { currencyExponent, formatDecimal, shortDecimal } from '../../ground/platform/money.ts';
import { programmeIssues } from './programme-issues.ts';
import { readRule } from './programme-rule.ts';
import { programmeShape } from './programme-shape.ts';
import type { DebtPolicy, Pays, Programme, Rule, Scheme } from './types.ts';

/** The programme file of DOMAIN.md §4, parsed: money in minor units, targets and bands in rising order. */
export interface ProgrammeFile {
  currency: string;
  timeZone: string;
  debt: DebtPolicy;
  rules: Rule[];
}

/** `path` is dotted as in `rules.0.bands.1.percent`; `message` names rule and field in words. */
export interface ProgrammeError {
  path: string;
  code: string;
  message: string;
}

export type ParsedProgramme = { ok: true; file: ProgrammeFile } | { ok: false; errors: ProgrammeError[] };

/** Reads a programme file that has been through `JSON.parse`; finds every mistake, not only the first. */
export function parseProgrammeFile(json: unknown): ParsedProgramme {
  const shape = programmeShape.safeParse(json, { reportInput: true });
  const issues = programmeIssues(json);
  if (!shape.success) {
    for (const issue of shape.error.issues) issues.addShapeIssue(issue);
    return { ok: false, errors: issues.errors };
  }
  const { currency, timeZone, debt } = shape.data;
  const exponent = currencyExponent(currency);
  assert(exponent !== null);
  const rules = shape.data.rules.map((rule, index) =>
    readRule(rule, {
      exponent,
      report: (path, code, text) => issues.add(['rules', index, ...path], code, text),
    }),
  );
  shape.data.rules.forEach(({ id }, index, all) => {
    if (all.findIndex((other) => other.id === id) < index)
      issues.add(['rules', index, 'id'], 'duplicate', 'another rule has this id already');
  });
  return issues.errors.length > 0
    ? { ok: false, errors: issues.errors }
    : { ok: true, file: { currency, timeZone, debt, rules } };
}

/** The file in its one canonical form, every default written out. */
export function toProgrammeJson(file: ProgrammeFile) {
  const exponent = currencyExponent(file.currency);
  assert(exponent !== null, `The programme's currency ${file.currency} is unknown.`);
  return {
    currency: file.currency,
    timeZone: file.timeZone,
    rules: file.rules.map((rule) => ruleJson(rule, exponent)),
    debt: file.debt,
  };
}

/** Whether two rules promise the same, first day included, whatever they are called. */
export function samePromise(a: Rule, b: Rule): boolean {
  return JSON.stringify(promiseJson(a, 0)) === JSON.stringify(promiseJson(b, 0));
}

/** Whether two rules are called the same in every language. */
export function sameName(a: Rule, b: Rule): boolean {
  return JSON.stringify(a.name) === JSON.stringify(b.name);
}

/** The file that describes what runs now: the newest version of every rule that has not ended. */
export function fileOf(programme: Programme): ProgrammeFile {
  const newest = new Map<string, Programme['versions'][number]>();
  for (const version of programme.versions) {
    const known = newest.get(version.rule.id);
    if (known === undefined || known.version < version.version) newest.set(version.rule.id, version);
  }
  return {
    currency: programme.currency,
    timeZone: programme.timeZone,
    debt: programme.debt,
    rules: [...newest.values()].filter(({ until }) => until === null).map(({ rule }) => rule),
  };
}

function ruleJson(rule: Rule, exponent: number) {
  const { id, ...promise } = promiseJson(rule, exponent);
  return { id, name: rule.name, ...promise };
}

function promiseJson(rule: Rule, exponent: number) {
  return {
    id: rule.id,
    ...schemeJson(rule.scheme, exponent),
    period: rule.period,
    counts: rule.counts,
    settleAfterDays: rule.settleAfterDays,
    expires: rule.expires,
    pays: paysJson(rule.pays, exponent),
    for: rule.audience,
    from: rule.from,
  };
}

function schemeJson(scheme: Scheme, exponent: number) {
  const money = (minor: bigint) => formatDecimal(minor, exponent);
  switch (scheme.kind) {
    case 'every':
      return { scheme: scheme.kind, spend: money(scheme.spend), back: money(scheme.back) };
    case 'steps':
      return {
        scheme: scheme.kind,
        targets: scheme.targets.map(({ spend, back }) => ({ spend: money(spend), back: money(back) })),
      };
    case 'bands':
      return {
        scheme: scheme.kind,
        mode: scheme.mode,
        bands: scheme.bands.map(({ from, bps }) => ({ from: money(from), percent: percentText(bps) })),
      };
  }
}

function paysJson(pays: Pays, exponent: number) {
  if (pays === 'credit') return pays;
  return { voucher: { months: pays.voucher.months, minimum: formatDecimal(pays.voucher.minimum, exponent) } };
}

/** Basis points as the shortest per cent: 150 is `1.5`, 300 is `3`. */
export function percentText(bps: number): string {
  return shortDecimal(BigInt(bps), 2);
}
