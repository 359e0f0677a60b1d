import { getTableConfig, SQLiteTable } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import * as schema from '../../db/schema/index.ts';
import { rooms } from '../../functions/rooms.ts';
import { type Source, sources } from './sources.ts';

/**
 * Rooms that write tables of others, as `writer -> owner`: what moves somebody's things as a whole, or is written in one decision with
 * them. The list only gets shorter; `docs/decisions/0097-tables-of-rooms.md` says why it is there.
 */
const foreignWriters: readonly string[] = [
  'care/moments -> desk/today',
  'care/moments -> people/mail',
  'care/plans -> desk/today',
  'circle/club -> money/accounts',
  'circle/club -> people/mail',
  'circle/referrals -> money/accounts',
  'circle/referrals -> people/customers',
  'desk/console -> money/credits',
  'desk/demo -> people/mail',
  'desk/demo -> people/staff',
  'desk/erasure -> people/mail',
  'desk/erasure -> people/sign-in',
  'desk/merging -> desk/console',
  'desk/merging -> money/accounts',
  'desk/merging -> money/ledger',
  'desk/merging -> money/orders',
  'desk/merging -> people/customers',
  'desk/merging -> people/joining',
  'desk/merging -> people/sign-in',
  'desk/merging -> voice/feedback',
  'desk/portal -> ground/keys',
  'desk/portal -> people/customers',
  'desk/today -> money/accounts',
  'money/accounts -> money/ledger',
  'money/accounts -> money/programme',
  'money/accounts -> money/redemptions',
  'money/business -> money/accounts',
  'money/ledger -> desk/verify',
  'money/orders -> money/accounts',
  'money/orders -> people/customers',
  'money/orders -> reach/imports',
  'money/programme -> money/accounts',
  'money/redemptions -> money/accounts',
  'money/reminders -> desk/today',
  'people/customers -> money/accounts',
  'people/customers -> people/joining',
  'people/customers -> people/sign-in',
  'people/households -> money/accounts',
  'people/joining -> people/customers',
  'people/joining -> people/mail',
  'people/joining -> people/sign-in',
  'people/mail -> people/customers',
  'people/sign-in -> money/accounts',
  'people/sign-in -> people/customers',
  'people/sign-in -> people/mail',
  'people/sign-in -> people/staff',
  'people/staff -> people/sign-in',
  'reach/imports -> desk/console',
  'reach/imports -> desk/erasure',
  'reach/imports -> money/accounts',
  'reach/imports -> money/orders',
  'reach/imports -> people/customers',
  'reach/imports -> voice/feedback',
  'reach/imports -> voice/surveys',
  'reach/imports -> voice/testimonials',
  'voice/testimonials -> people/mail',
];

const folders = new Map(
  sources.flatMap(({ path, text }): [string, string][] => {
    const [, folder] = /^functions\/(\w+\/[\w-]+)\/room\.ts$/.exec(path) ?? [];
    const [, name] = /^\s*name: '([\w-]+)'/m.exec(text) ?? [];
    return folder === undefined || name === undefined ? [] : [[name, folder]];
  }),
);

/** The folder of the room that a table is declared in, whether it goes into archives or not. */
const owners = new Map(
  rooms.flatMap(({ name, tables = [], tablesLeft = {} }) =>
    [...tables.map((table) => table.name), ...Object.keys(tablesLeft)].map((table): [string, string] => [
      table,
      folders.get(name) ?? name,
    ]),
  ),
);

const tableNames = new Map(
  Object.entries(schema).flatMap(([key, table]) =>
    table instanceof SQLiteTable ? [[key, getTableConfig(table).name]] : [],
  ),
);

function tablesWrittenIn({ text }: Source): string[] {
  const named = [...text.matchAll(/\b(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM)\s+["`]?([a-z_]+)/g)];
  const drizzled = [...text.matchAll(/\binsertInto\((\w+)/g)];
  return [
    ...named.map(([, table = '']) => table),
    ...drizzled.flatMap(([, key = '']) => tableNames.get(key) ?? []),
  ];
}

const roomOf = (path: string) => path.split('/').slice(1, 3).join('/');

test('a table is written by its own room: let that publish a statement, or hand the rows to its operation', () => {
  const inRooms = sources.filter(({ path }) => /^functions\/(?!ground\/)\w+\/[\w-]+\//.test(path));
  expect(owners.size).toBeGreaterThan(150);
  const found = inRooms.flatMap((source) =>
    tablesWrittenIn(source).flatMap((table) => {
      const owner = owners.get(table);
      return owner === undefined || owner === roomOf(source.path)
        ? []
        : [`${roomOf(source.path)} -> ${owner}`];
    }),
  );
  expect([...new Set(found)].sort()).toEqual(foreignWriters);
});
