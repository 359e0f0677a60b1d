import { insertInto } from '../../../../db/query.ts';
import { customerNotes, profileAnswers } from '../../../../db/schema/index.ts';
import type { Statement } from '../../../../db/store.ts';
import { locales } from '../../../../languages/built.ts';
import { hashOf, newId } from '../../../ground/platform/ids.ts';
import { recordConsent } from '../../../people/joining/record-consent.ts';
import { keepOwnValue } from '../../../people/own-fields/set-own-values.ts';
import { wrongIn } from '../reason.ts';
import type { KnownCustomer } from './known.ts';
import type { CustomerRow } from './parse-row.ts';
import { type CustomerTerms, contradicts, type Part } from './plan-row.ts';

const insertAnswer = insertInto(
  profileAnswers,
  'ON CONFLICT DO UPDATE SET answer = excluded.answer, at = excluded.at WHERE answer IS NULL',
);
const insertNote = insertInto(customerNotes);

/** What a customer told of themselves, whether they want news, and what staff remark. */
export function planAnswers(row: CustomerRow, person: KnownCustomer, terms: CustomerTerms): Part {
  const statements: Statement[] = [];
  const told = [
    ['why_us', 'why', row.why_us],
    ['interests', 'interests', row.interests],
    ['birthday', 'birthday', row.birthday?.slice(-5) ?? null],
    ['tone', 'address_form', row.tone === 'first' ? 'first_name' : row.tone],
  ] as const;
  for (const [column, question, answer] of told) {
    const kept = person.answers.get(question) ?? null;
    if (answer === null || (kept !== null && isSameText(answer, kept))) continue;
    if (kept !== null) return contradicts(column, kept);
    person.answers.set(question, answer);
    statements.push(insertAnswer({ customerId: person.id, question, answer, at: terms.now }));
  }
  for (const { field, value } of row.own) {
    const kept = person.own.get(field.key);
    if (kept === value) continue;
    if (kept !== undefined) return contradicts(`own:${field.key}`, kept);
    person.own.set(field.key, value);
    statements.push(keepOwnValue({ customerId: person.id, field, value, at: terms.now, actor: terms.actor }));
  }
  const news = planNews(row, person, terms);
  if (!news.ok) return news;
  statements.push(...news.statements);
  const { note: text } = row;
  const isKept = (told: string) =>
    [...person.notes, person.notes.join('\n\n')].some((kept) => isSameText(kept, told));
  if (text !== null && !isKept(text)) {
    person.notes.push(text);
    const note = { id: newId(), customerId: person.id, text };
    statements.push(insertNote({ ...note, at: terms.now, actor: terms.actor }));
  }
  return { ok: true, statements };
}

/** A spreadsheet changes the ends of lines. */
function isSameText(left: string, right: string): boolean {
  return left.replaceAll('\r\n', '\n') === right.replaceAll('\r\n', '\n');
}

/** The wording that was agreed to elsewhere is not known; where it was is kept in its place. */
function planNews(row: CustomerRow, person: KnownCustomer, { now, actor, language }: CustomerTerms): Part {
  if (row.news === null) return { ok: true, statements: [] };
  const isGiven = row.news === 'yes';
  const at = typeof row.news_at === 'number' ? row.news_at : now;
  if (at > now) return { ok: false, reason: wrongIn('news_at', 'in_future') };
  if (person.news !== null && person.news.isGiven === isGiven) return { ok: true, statements: [] };
  if (person.news !== null && at <= person.news.at)
    return { ok: false, reason: wrongIn('news', 'news_since') };
  person.news = { isGiven, at };
  const text = row.news_source ?? 'import';
  const wording = {
    ...({ kind: 'news', text, version: hashOf(`news import ${text}`) } as const),
    language: locales.find((locale) => locale === language) ?? locales[0],
  };
  return {
    ok: true,
    statements: recordConsent({
      ...{ customerId: person.id, text: wording, isGiven, source: 'import', at, actor },
    }),
  };
}
