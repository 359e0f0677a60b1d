import type { Random } from './random.ts';

/** A person of the demo; every address ends in `.example`, which nobody can own (RFC 2606). */
export interface Person {
  email: string;
  name: string;
}

/** Whom the demo is about, by hand: see `stories.ts`. */
export const people = {
  anna: { email: 'anna@post.example', name: 'Anna Kovalenko' },
  daniel: { email: 'daniel@post.example', name: 'Daniel Reed' },
  marta: { email: 'marta@northlight.example', name: 'Marta Lindqvist' },
  tom: { email: 'tom@northlight.example', name: 'Tom Barrow' },
  iryna: { email: 'iryna@northlight.example', name: 'Ірина Савчук' },
  joe: { email: 'joe@northlight.example', name: 'Joe Okafor' },
  viktor: { email: 'viktor@post.example', name: 'Віктор Гриценко' },
  leo: { email: 'leo@post.example', name: 'Leo Whitfield' },
} as const;

export const household = 'Kovalenko & Reed';
export const company = 'Northlight Studio';

/** Everybody else: `count` different people with plausible names, half of them Ukrainian. */
export function inventPeople(count: number, random: Random): Person[] {
  const made = new Map<string, Person>();
  while (made.size < count) {
    const [first, last] = random.chance(50) ? ukrainianName(random) : englishName(random);
    const email = `${first.latin}.${last.latin}@${random.pick(hosts)}.example`.toLowerCase();
    if (!made.has(email)) made.set(email, { email, name: `${first.written} ${last.written}` });
  }
  return [...made.values()];
}

interface Word {
  latin: string;
  written: string;
}

function englishName(random: Random): [Word, Word] {
  return [same(random.pick(englishFirst)), same(random.pick(englishLast))];
}

/** Some write their name in Cyrillic, some in Latin letters. */
function ukrainianName(random: Random): [Word, Word] {
  const [first, last] = [random.pick(ukrainianFirst), random.pick(ukrainianLast)];
  const isCyrillic = random.chance(60);
  const word = ([latin, cyrillic]: readonly [string, string]): Word => ({
    latin,
    written: isCyrillic ? cyrillic : latin,
  });
  return [word(first), word(last)];
}

const same = (text: string): Word => ({ latin: text, written: text });

const hosts = ['post', 'mailbox', 'letters', 'inbox'] as const;

const englishFirst = [
  'Alice',
  'Ben',
  'Charlotte',
  'Dominic',
  'Eleanor',
  'Freya',
  'George',
  'Harriet',
  'Imogen',
  'Jack',
  'Katie',
  'Lewis',
  'Maya',
  'Nathan',
  'Olivia',
  'Priya',
  'Rosie',
  'Samuel',
  'Tess',
  'William',
] as const;

const englishLast = [
  'Ashworth',
  'Bennett',
  'Clarke',
  'Davies',
  'Ellis',
  'Fletcher',
  'Grant',
  'Hughes',
  'Iqbal',
  'Jennings',
  'Kaur',
  'Lambert',
  'Marsh',
  'Norton',
  'Osborne',
  'Palmer',
  'Quinn',
  'Rhodes',
  'Shah',
  'Turner',
  'Whitfield',
] as const;

const ukrainianFirst = [
  ['Olena', 'Олена'],
  ['Andrii', 'Андрій'],
  ['Bohdan', 'Богдан'],
  ['Daryna', 'Дарина'],
  ['Halyna', 'Галина'],
  ['Ivan', 'Іван'],
  ['Kateryna', 'Катерина'],
  ['Larysa', 'Лариса'],
  ['Maksym', 'Максим'],
  ['Nadiia', 'Надія'],
  ['Oksana', 'Оксана'],
  ['Petro', 'Петро'],
  ['Roman', 'Роман'],
  ['Sofiia', 'Софія'],
  ['Taras', 'Тарас'],
  ['Yuliia', 'Юлія'],
  ['Zoriana', 'Зоряна'],
] as const;

const ukrainianLast = [
  ['Shevchenko', 'Шевченко'],
  ['Bondarenko', 'Бондаренко'],
  ['Tkachenko', 'Ткаченко'],
  ['Kravchuk', 'Кравчук'],
  ['Savchenko', 'Савченко'],
  ['Marchenko', 'Марченко'],
  ['Rudenko', 'Руденко'],
  ['Petrenko', 'Петренко'],
  ['Lysenko', 'Лисенко'],
  ['Moroz', 'Мороз'],
  ['Klymenko', 'Клименко'],
  ['Panchenko', 'Панченко'],
  ['Romaniuk', 'Романюк'],
  ['Zinchenko', 'Зінченко'],
  ['Yurchenko', 'Юрченко'],
  ['Melnyk', 'Мельник'],
  ['Kozak', 'Козак'],
] as const;
