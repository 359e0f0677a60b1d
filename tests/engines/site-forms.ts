import { readdirSync, readFileSync } from 'node:fs';
import { repository } from '../support/process.ts';
import type { Browser } from './browser.ts';

/** A form of a page, as its reader would send it. */
export interface Form {
  page: string;
  action: string;
  fields: [string, string][];
}

const PAGES = `${repository}src/pages/`;
/** Pages of one kind differ in what they show, so more than one of them is looked at. */
const EACH_KIND_MAX = 2;

const files = readdirSync(PAGES, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.(astro|ts)$/.test(file),
);

/** The pages that take a form, by their files. */
export const pagesWithForms: readonly string[] = files.filter((file) =>
  /=== 'POST'|const POST\b/.test(readFileSync(PAGES + file, 'utf8')),
);

/** Every page with the addresses that lead to it, its own words before a placeholder. */
const patterns = files
  .toSorted((a, b) => a.split('[').length - b.split('[').length)
  .map((file) => ({ file, pattern: patternOf(file) }));

/** The file of the page that an address leads to. */
export function pageOf(address: string): string | null {
  const path = new URL(address, 'http://here').pathname.replace(/^\/[a-z]{2}(?=\/|$)/, '') || '/';
  return patterns.find(({ pattern }) => pattern.test(path))?.file ?? null;
}

/** What a page could be sent by its source alone, for one that shows no form while nothing waits there. */
export function guessForms(file: string): Form[] {
  const source = readFileSync(PAGES + file, 'utf8');
  const names = [...source.matchAll(/(?:\bvalue|\bget|\btext)\('([\w-]+)'\)|\bname="([\w-]+)"/g)];
  const fields = [...new Set(names.map(([, read, shown]) => read ?? shown ?? ''))];
  const choices = [...source.matchAll(/=== '(\w+)'/g)].map(([, word = '']) => word);
  const page = `/${file.replace(/\.(astro|ts)$/, '').replace(/(^|\/)index$/, '')}`.replace(
    /\[\w+\]/g,
    'none',
  );
  const others = fields.filter((name) => name !== 'do').map((name): [string, string] => [name, '1']);
  return [...new Set(choices)].map((choice) => ({ page, action: page, fields: [...others, ['do', choice]] }));
}

function patternOf(file: string): RegExp {
  const path = file.replace(/\.(astro|ts)$/, '').replace(/(^|\/)index$/, '');
  return new RegExp(`^/${path.replaceAll('.', '\\.').replace(/\[\w+\]/g, '[^/]+')}/?$`);
}

/** All forms that posts come from which somebody finds who follows every link, and no two of one make. */
export async function findForms(browser: Browser, starts: readonly string[]): Promise<Form[]> {
  const found = new Map<string, Form>();
  const seen = new Map<string, number>();
  const queue = [...starts];
  const known = new Set(queue);
  for (let address = queue.shift(); address !== undefined; address = queue.shift()) {
    const { status, text, location } = await browser.get(address);
    if (status >= 500) throw new Error(`${address} answered ${status}`);
    for (const form of formsIn(text, address)) found.set(makeOf(form), form);
    for (const link of [...linksIn(text), location ?? '']) {
      const { origin, pathname, search, searchParams } = new URL(link, `http://here${address}`);
      const page = pageOf(pathname);
      const kind = `${page}?${[...searchParams.keys()].sort()}`;
      const times = seen.get(kind) ?? 0;
      const next = pathname + search;
      if (origin !== 'http://here' || page === null || times >= EACH_KIND_MAX || known.has(next)) continue;
      if (codeOf(pathname) !== codeOf(address) || page.startsWith('sign-out')) continue;
      seen.set(kind, times + 1);
      known.add(next);
      queue.push(next);
    }
  }
  return [...found.values()];
}

/** The code of the language in front of a path; empty where none stands. */
const codeOf = (path: string) => /^\/([a-z]{2})(?=\/|$)/.exec(path)?.[1] ?? '';

/** Fields named after what they are about, such as one of a task, are of one make. */
const makeOf = ({ action, fields }: Form) =>
  `${pageOf(action)} ${fields.map(([name, value]) => (/^(do|action|step)$/.test(name) ? `${name}=${value}` : name.replace(/[0-9a-f]{32}/, 'id')))}`;

function linksIn(text: string): string[] {
  return [...text.matchAll(/<a\b[^>]*\bhref="([^"]+)"/g)].map(([, href = '']) => plain(href));
}

function formsIn(text: string, page: string): Form[] {
  const forms = [...text.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)];
  return forms
    .filter(([, head = '']) => attribute(head, 'method') === 'post')
    .flatMap(([, head = '', body = '']) => {
      const action = attribute(head, 'action');
      const here = action === null || action === '' ? page : action;
      const base = { page, action: new URL(here, `http://here${page}`).href.slice('http://here'.length) };
      const fields = fieldsIn(body);
      const buttons = buttonsIn(body);
      return buttons.length === 0
        ? [{ ...base, fields }]
        : buttons.map((button) => ({ ...base, fields: [...fields, button] }));
    });
}

function fieldsIn(body: string): [string, string][] {
  const controls = [
    ...body.matchAll(
      /<(input|textarea|select)\b([^>]*)>([\s\S]*?)(?=<(?:input|textarea|select|button)\b|$)/g,
    ),
  ];
  return controls.flatMap(([, tag, head = '', rest = '']): [string, string][] => {
    const name = attribute(head, 'name');
    if (name === null || name === 'form_token') return [];
    const chosen = tag === 'select' ? (/<option\b([^>]*)>/.exec(rest)?.[1] ?? '') : head;
    return [[name, attribute(chosen, 'value') ?? '']];
  });
}

function buttonsIn(body: string): [string, string][] {
  return [...body.matchAll(/<button\b([^>]*)>/g)].flatMap(([, head = '']): [string, string][] => {
    const name = attribute(head, 'name');
    return name === null ? [] : [[name, attribute(head, 'value') ?? '']];
  });
}

function attribute(head: string, name: string): string | null {
  const value = new RegExp(`\\b${name}(?:="([^"]*)")?(?=[\\s/>]|$)`).exec(head);
  return value === null ? null : plain(value[1] ?? '');
}

const plain = (text: string) =>
  text.replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&#34;', '"');
