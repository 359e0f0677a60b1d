import { expect } from 'vitest';
import type { Browser } from './browser.ts';
import { flawsOf, toldErrors, typedInto } from './told-errors.ts';

/** A form that is wrong in several fields at once. */
interface WrongForm {
  name: string;
  page: string;
  fields: Record<string, string>;
  /** The ids of what its page has to name, in any sequence. */
  told: string[];
}

const LONG = 'x'.repeat(6000);
const key = 'a'.repeat(32);

/** What staff may get wrong, on the pages of a portal with the demo business. */
export async function wrongFormsOfStaff(staff: Browser): Promise<WrongForm[]> {
  const customer = await linkOn(staff, '/console/search?search=anna%40post', /\/console\/customers\/\w+/);
  const cause = await linkOn(staff, '/console/feedback/causes', /\/console\/feedback\/causes\/\w+/);
  const question = await idOn(staff, '/console/club/panel', /name="id" value="(\w+)"/);
  const level = await idOn(staff, '/console/club/drops/new', /name="(opens_\w*)"/g);
  const aCase = await caseWithAccount(staff);
  const club = '/console/club';
  const benefit = await idOn(staff, `${club}/benefits`, /<select id="id"[^>]*>\s*<option value="(\w+)"/);
  return [
    {
      name: 'credit',
      page: customer,
      fields: { do: 'adjust', key, amount: 'much', reason: '' },
      told: ['amount', 'reason'],
    },
    {
      name: 'goodwill',
      page: aCase,
      fields: { do: 'goodwill', amount: '-1', reason: LONG.slice(0, 501) },
      told: ['amount', 'reason'],
    },
    {
      name: 'a cause',
      page: cause,
      fields: { do: 'close', en: '', uk: LONG },
      told: ['en', 'uk'],
    },
    {
      name: 'what is to become of a cause',
      page: cause,
      fields: { do: 'plan', process: LONG, due_on: 'soon', owner: '' },
      told: ['process', 'due_on'],
    },
    {
      name: 'something that was said elsewhere',
      page: '/console/feedback/elsewhere',
      fields: { key, url: 'example', author: LONG, text: '', said_on: 'lately', email: 'nobody' },
      told: ['url', 'author', 'text', 'said_on', 'email'],
    },
    {
      name: 'a benefit',
      page: `${club}/benefits`,
      fields: { do: 'promise', kind: 'rule' },
      told: ['title_en', 'rule'],
    },
    {
      name: 'a withdrawal',
      page: `${club}/benefits`,
      fields: { do: 'withdraw', id: benefit, bonus: 'five' },
      told: ['why_en', 'bonus'],
    },
    {
      name: 'levels',
      page: `${club}/benefits`,
      fields: { do: 'levels', key_0: 'Gold!', from_0: 'much', key_1: 'gold', from_1: '5,00' },
      told: ['key_0', 'from_0', 'en_0', 'en_1'],
    },
    {
      name: 'a question',
      page: `${club}/panel`,
      fields: { choices_en: 'one', closes: '2001-01-01T10:00' },
      told: ['title_en', 'choices_en', 'closes'],
    },
    {
      name: 'a drop',
      page: `${club}/drops/new`,
      fields: { stock: '0', hold: 'x' },
      told: ['title_en', 'stock', level, 'closes', 'hold'],
    },
    {
      name: 'an event',
      page: `${club}/events/new`,
      fields: {
        starts: '2030-01-02T10:00',
        ends: '2030-01-01T10:00',
        answer: '2030-01-03T10:00',
        guests: '51',
      },
      told: ['title_en', 'place', 'ends', 'answer', 'places', 'guests'],
    },
    {
      name: 'a member',
      page: club,
      fields: { do: 'add', email: 'nobody', since: '2999-01-01' },
      told: ['email', 'since'],
    },
    {
      name: 'settings',
      page: '/console/settings',
      fields: { group: 'club', club: 'perhaps', clubSpend: 'much', clubEntry: 'admit' },
      told: ['club', 'clubSpend'],
    },
    {
      name: 'a key',
      page: '/console/keys',
      fields: { do: 'add', id: key, name: '', until: 'never' },
      told: ['name', 'scopes', 'until'],
    },
    {
      name: 'a result',
      page: `${club}/panel`,
      fields: { do: 'tell', id: question },
      told: [`en-${question}`],
    },
  ];
}

/** What a member of the club may get wrong. */
export async function wrongFormsOfMembers(member: Browser): Promise<WrongForm[]> {
  const question = await idOn(member, '/account/club/panel', /name="id" value="(\w+)"/);
  const shown = { do: 'show', name: '', company: 'tea.example', interests: LONG };
  return [
    {
      name: 'showing oneself',
      page: '/account/club/members',
      fields: shown,
      told: ['name', 'company', 'interests'],
    },
    {
      name: 'an answer',
      page: '/account/club/panel',
      fields: { id: question, comment: LONG },
      told: [`choice-${question}`, `comment-${question}`],
    },
  ];
}

/** That everything is told at once, at its fields, and that what was typed is still there; in both languages. */
export async function expectAllTold(
  browser: Browser,
  { name, page, fields, told }: WrongForm,
): Promise<void> {
  for (const language of ['', '/uk']) {
    const { status, text } = await browser.post(language + page, fields);
    const fieldsTold = (toldErrors(text) ?? []).map(({ field }) => field);
    expect([name, status, fieldsTold.toSorted()]).toEqual([name, 422, told.toSorted()]);
    expect([name, flawsOf(text)]).toEqual([name, []]);
    for (const [field, typed] of Object.entries(fields)) {
      const shown = told.includes(field) ? typedInto(text, field) : null;
      expect([name, field, shown ?? typed]).toEqual([name, field, typed]);
    }
  }
}

async function idOn(browser: Browser, page: string, pattern: RegExp): Promise<string> {
  const { text } = await browser.get(page);
  const [, id] = new RegExp(pattern.source).exec(text) ?? [];
  if (id === undefined) throw new Error(`${page} has no ${pattern}`);
  return id;
}

async function linkOn(browser: Browser, page: string, pattern: RegExp): Promise<string> {
  return idOn(browser, page, new RegExp(`href="(${pattern.source})`));
}

/** A case of feedback that came from somebody, who can be given credit. */
async function caseWithAccount(staff: Browser): Promise<string> {
  const { text } = await staff.get('/console/feedback');
  for (const [, page = ''] of text.matchAll(/href="(\/console\/feedback\/(?!causes)[\w-]+)"/g)) {
    if ((await staff.get(page)).text.includes('value="goodwill"')) return page;
  }
  throw new Error('no feedback of a customer');
}
